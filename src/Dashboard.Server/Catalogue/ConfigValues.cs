namespace Dashboard.Server;

/// <summary>A run's configuration, flattened: values by number of their path.</summary>
internal sealed class ConfigValues(int[] paths, QueryValue[] values)
{
    public static readonly ConfigValues Empty = new([], []);

    /// <summary>Numbers of its paths, rising.</summary>
    public ReadOnlySpan<int> Paths => paths;

    /// <summary>Their values.</summary>
    public ReadOnlySpan<QueryValue> Values => values;

    public QueryValue this[int path] => Array.BinarySearch(paths, path) is >= 0 and var at ? values[at] : default;

    /// <summary>Rough bytes of memory.</summary>
    public long Bytes
    {
        get
        {
            var bytes = 96 + (20L * values.Length);
            foreach (var value in values)
                bytes += value.Bytes;
            return bytes;
        }
    }

    public bool IsSame(ConfigValues other) => Paths.SequenceEqual(other.Paths) && Values.SequenceEqual(other.Values);
}
