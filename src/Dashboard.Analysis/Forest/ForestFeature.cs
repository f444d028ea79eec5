namespace Dashboard.Analysis;

/// <summary>One column that a forest may split by.</summary>
public sealed class ForestFeature
{
    private ForestFeature(double[] values, bool ordered) => (Values, Ordered) = (values, ordered);

    /// <summary>The value of each row, NaN where it is missing; categories are their codes.</summary>
    internal double[] Values { get; }

    /// <summary>Whether values have an order, so that a split is a threshold; categories are split into any two sets.</summary>
    internal bool Ordered { get; }

    /// <summary>Numbers. NaN is a missing value; infinities are the largest and the smallest.</summary>
    public static ForestFeature OfNumbers(IEnumerable<double> values) => new([.. values], ordered: true);

    /// <summary>Categories without an order. Null is a missing value.</summary>
    public static ForestFeature OfCategories(IEnumerable<string?> values)
    {
        var codes = new Dictionary<string, double>(StringComparer.Ordinal);
        var list = new List<double>();
        foreach (var value in values)
        {
            if (value is null)
                list.Add(double.NaN);
            else if (codes.TryGetValue(value, out var code))
                list.Add(code);
            else
                list.Add(codes[value] = codes.Count);
        }
        return new ForestFeature([.. list], ordered: false);
    }
}
