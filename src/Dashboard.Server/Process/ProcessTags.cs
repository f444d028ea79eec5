using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What the tags of a run are about.</summary>
internal static class ProcessTags
{
    private const string SystemPrefix = "system/";

    // Of a loss: the data term first, as it is stacked.
    private static readonly string[] Terms = ["data", "l1", "l2"];
    private static readonly string[] HeldOut = ["val", "valid", "validation", "eval", "test", "dev"];

    public static bool IsSystem(string tag) => tag.StartsWith(SystemPrefix, StringComparison.Ordinal);

    /// <summary>Whether a tag is a learning rate: its last part is lr or learning_rate, or begins with lr- and names an optimiser or a group.</summary>
    public static bool IsRate(string tag)
    {
        var last = Last(tag).ToLowerInvariant();
        return !IsSystem(tag) && (last is "lr" or "learning_rate" || last.StartsWith("lr-", StringComparison.Ordinal));
    }

    /// <summary>Losses that have terms below their own tag.</summary>
    public static IReadOnlyList<(string Tag, IReadOnlyList<string> Terms)> Losses(IReadOnlyList<SeriesInfo> scalars)
    {
        var tags = scalars.Select(one => one.Tag).ToHashSet(StringComparer.Ordinal);
        var found = new List<(string, IReadOnlyList<string>)>();
        foreach (var tag in tags.Where(tag => !IsSystem(tag) && Last(tag).Contains("loss", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        {
            var below = tags.Where(other => other.StartsWith(tag + "/", StringComparison.Ordinal) && !other[(tag.Length + 1)..].Contains('/', StringComparison.Ordinal))
                .OrderBy(other => Array.IndexOf(Terms, Last(other)) is >= 0 and var at ? at : Terms.Length).ThenBy(other => other, StringComparer.Ordinal).ToList();
            if (below.Count > 0)
                found.Add((tag, below));
        }
        return found;
    }

    /// <summary>The curve that tells best how fast the run steps: of those with about the most points a loss; null where there is none of two points.</summary>
    public static SeriesInfo? Clock(IReadOnlyList<SeriesInfo> scalars)
    {
        var usable = scalars.Where(one => !IsSystem(one.Tag) && one.Count > 1).ToList();
        if (usable.Count == 0)
            return null;
        var most = usable.Max(one => one.Count);
        return usable.Where(one => 2 * one.Count >= most).OrderByDescending(one => Last(one.Tag).Contains("loss", StringComparison.OrdinalIgnoreCase))
            .ThenByDescending(one => one.Count).ThenBy(one => one.Tag, StringComparer.Ordinal).First();
    }

    /// <summary>Whether steps are epochs: held-out data is evaluated at every one of them.</summary>
    public static bool StepsAreEpochs(IReadOnlyList<SeriesInfo> scalars) => scalars.Any(one =>
        one.Count > 1 && one.Count >= one.LastStep - one.FirstStep + 1 && one.Tag.Split('/', '_').Any(part => HeldOut.Contains(part.ToLowerInvariant())));

    private static string Last(string tag) => tag[(tag.LastIndexOf('/') + 1)..];
}
