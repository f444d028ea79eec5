using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Which runs a job was computed from, by its spec.</summary>
internal static class JobRuns
{
    private const string RunId = "run_id";
    private const string Tag = "tag";

    /// <summary>Whether all that a spec names is within what is seen of its project, and it names something.</summary>
    public static bool Shows(ProjectScope scope, string specJson)
    {
        using var spec = JsonDocument.Parse(specJson);
        return Shows(scope, spec.RootElement);
    }

    /// <inheritdoc cref="Shows(ProjectScope, string)"/>
    public static bool Shows(ProjectScope scope, JsonElement spec)
    {
        var named = 0;
        return scope.IsWhole || (Walk(scope, spec, ref named) && named > 0);
    }

    // Whatever kind of job it is: each reference names its run in the same field.
    private static bool Walk(ProjectScope scope, JsonElement part, ref int named)
    {
        if (part.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in part.EnumerateArray())
            {
                if (!Walk(scope, item, ref named))
                    return false;
            }
        }
        if (part.ValueKind != JsonValueKind.Object)
            return true;
        if (part.TryGetProperty(RunId, out var run) && run.ValueKind == JsonValueKind.String)
        {
            named++;
            var isSeen = part.TryGetProperty(Tag, out var tag) && tag.ValueKind == JsonValueKind.String
                ? scope.Shows(run.GetString()!, tag.GetString()!)
                : scope.ShowsWhole(run.GetString()!);
            if (!isSeen)
                return false;
        }
        foreach (var field in part.EnumerateObject())
        {
            if (!Walk(scope, field.Value, ref named))
                return false;
        }
        return true;
    }
}
