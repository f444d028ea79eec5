using System.Globalization;

namespace Dashboard.Client;

/// <summary>Counts labels.</summary>
internal static class LabelCounts
{
    /// <summary>By name, in the order of the classes.</summary>
    /// <exception cref="ArgumentException">A label is outside the classes, or two classes have one name.</exception>
    public static Dictionary<string, long> Of(IEnumerable<int> labels, IReadOnlyList<string>? classes)
    {
        var found = new SortedDictionary<int, long>();
        foreach (var label in labels)
        {
            if (classes is not null && (label < 0 || label >= classes.Count))
                throw new ArgumentException($"label {label} is outside the {classes.Count} classes");
            found[label] = found.GetValueOrDefault(label) + 1;
        }
        if (classes is null)
            return found.ToDictionary(one => one.Key.ToString(CultureInfo.InvariantCulture), one => one.Value);
        var counts = new Dictionary<string, long>();
        for (var at = 0; at < classes.Count; at++)
        {
            if (!counts.TryAdd(classes[at], found.GetValueOrDefault(at)))
                throw new ArgumentException($"two classes are called \"{classes[at]}\"");
        }
        return counts;
    }

    /// <summary>By name, in their order.</summary>
    public static Dictionary<string, long> Of(IEnumerable<string> labels)
    {
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var label in labels)
            found[label] = found.GetValueOrDefault(label) + 1;
        return new Dictionary<string, long>(found);
    }
}
