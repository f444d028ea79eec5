using System.Text;

namespace Dashboard.Server;

/// <summary>A value of a run: a field, a value of its configuration, or a number of a scalar's summary.</summary>
/// <param name="Field">Which.</param>
/// <param name="Key">The canonical path of a configuration value (<see cref="OfConfig"/>) or the tag of a summary; empty for others.</param>
/// <param name="Statistic">Which number of a summary.</param>
internal sealed record ValuePath(RunField Field, string Key = "", SummaryStatistic Statistic = SummaryStatistic.Last)
{
    private const string Config = "config";

    /// <summary>Fields by the name they have in queries; <c>tag</c> and <c>tags</c> are one.</summary>
    public static readonly IReadOnlyDictionary<string, RunField> Fields = new Dictionary<string, RunField>
    {
        ["id"] = RunField.Id,
        ["name"] = RunField.Name,
        ["group"] = RunField.Group,
        ["parent"] = RunField.Parent,
        ["status"] = RunField.Status,
        ["tag"] = RunField.Tags,
        ["tags"] = RunField.Tags,
        ["notes"] = RunField.Notes,
        ["created"] = RunField.Created,
        ["updated"] = RunField.Updated,
        ["duration"] = RunField.Duration,
    };

    /// <summary>True where the value is a moment, in seconds since the Unix epoch.</summary>
    public bool IsMoment => Field is RunField.Created or RunField.Updated;

    /// <summary>A value of the configuration by its keys, outermost first.</summary>
    public static ValuePath OfConfig(IEnumerable<string> keys)
    {
        var path = new StringBuilder(Config);
        foreach (var key in keys)
            AppendKey(path, key);
        return new ValuePath(RunField.Config, path.ToString());
    }

    /// <summary>Adds a key to a canonical path: <c>.lr</c> for an identifier, <c>["odd key"]</c> for what is none.</summary>
    public static void AppendKey(StringBuilder path, string key)
    {
        if (IsIdentifier(key))
            path.Append('.').Append(key);
        else
            path.Append('[').Append(Quote(key)).Append(']');
    }

    /// <summary>A text in double quotes as the language reads it.</summary>
    public static string Quote(string text) => $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The path as the language writes it.</summary>
    public override string ToString() => Field switch
    {
        RunField.Config => Key,
        RunField.Summary => $"summary({Quote(Key)}).{Name(Statistic)}",
        _ => Field.ToString().ToLowerInvariant(),
    };

    public static string Name(SummaryStatistic statistic) => statistic switch
    {
        SummaryStatistic.Last => "last",
        SummaryStatistic.Min => "min",
        SummaryStatistic.Max => "max",
        _ => "step",
    };

    private static bool IsIdentifier(string key)
    {
        if (key.Length == 0 || char.IsAsciiDigit(key[0]))
            return false;
        foreach (var unit in key)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit != '_')
                return false;
        }
        return true;
    }
}
