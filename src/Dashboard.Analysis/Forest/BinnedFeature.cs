namespace Dashboard.Analysis;

/// <summary>A feature whose values are sorted into at most 255 bins, so that the best split of a node is found by counting instead of sorting.</summary>
/// <remarks>
/// Up to 255 distinct values each has a bin of its own and nothing is lost. Of more numbers, bins hold about equal shares [Ke et al. 2017, LightGBM]; of more categories, the most
/// frequent keep theirs and the rest share one.
/// </remarks>
internal sealed class BinnedFeature
{
    /// <summary>The bin of missing values.</summary>
    public const byte Missing = 0;

    private const int MostBins = 255;

    private BinnedFeature(byte[] bins, int count, bool ordered) => (Bins, Count, Ordered) = (bins, count, ordered);

    /// <summary>Bin of each row.</summary>
    public byte[] Bins { get; }

    /// <summary>Bins, that of missing values among them; bins are numbered below it.</summary>
    public int Count { get; }

    public bool Ordered { get; }

    public static BinnedFeature Of(ForestFeature feature)
    {
        var distinct = feature.Values.Where(value => !double.IsNaN(value)).GroupBy(value => value).Select(same => (Value: same.Key, Count: same.Count())).ToList();
        var bin = feature.Ordered ? OfNumbers(distinct) : OfCategories(distinct);
        var bins = Array.ConvertAll(feature.Values, value => double.IsNaN(value) ? Missing : bin[value]);
        return new BinnedFeature(bins, bin.Count == 0 ? 1 : bin.Values.Max() + 1, feature.Ordered);
    }

    private static Dictionary<double, byte> OfNumbers(List<(double Value, int Count)> distinct)
    {
        distinct.Sort((a, b) => a.Value.CompareTo(b.Value));
        var bin = new Dictionary<double, byte>(distinct.Count);
        double left = distinct.Sum(one => one.Count);
        byte at = 1;
        var filled = 0;
        for (var i = 0; i < distinct.Count; i++)
        {
            // The share of each bin that is still free; where every value can have its own, it gets it.
            var free = MostBins - at + 1;
            if (filled > 0 && at < MostBins && (distinct.Count <= MostBins || filled >= left / free))
            {
                left -= filled;
                filled = 0;
                at++;
            }
            bin[distinct[i].Value] = at;
            filled += distinct[i].Count;
        }
        return bin;
    }

    private static Dictionary<double, byte> OfCategories(List<(double Value, int Count)> distinct)
    {
        // By frequency, then by code: which categories share the last bin must not hang on the order of a hash table.
        distinct.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Value.CompareTo(b.Value));
        var bin = new Dictionary<double, byte>(distinct.Count);
        for (var at = 0; at < distinct.Count; at++)
            bin[distinct[at].Value] = (byte)Math.Min(at + 1, MostBins);
        return bin;
    }
}
