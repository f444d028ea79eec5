namespace Dashboard.Analysis;

/// <summary>How far two columns rise and fall together, −1 to 1.</summary>
public static class Correlation
{
    /// <summary>Pearson's product-moment correlation Sxy/√(Sxx·Syy) over the pairs whose members are both finite.</summary>
    /// <returns>NaN with fewer than two pairs, or where either column is constant: there is nothing to go together.</returns>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var moments = Moments.Of(x, y);
        return moments.Count >= 2 && moments.ScaleX > 0 && moments.ScaleY > 0
            ? Math.Clamp(moments.Sxy / Math.Sqrt(moments.Sxx * moments.Syy), -1, 1)
            : double.NaN;
    }

    /// <summary>Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs [Spearman 1904; Kendall 1948, chapter 3].</summary>
    /// <returns>NaN as <see cref="Pearson"/>. Infinities have ranks like any number; only NaN is left out.</returns>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} values of x and {y.Length} of y: each x needs its y.", nameof(y));
        var keptX = new List<double>(x.Length);
        var keptY = new List<double>(x.Length);
        for (var at = 0; at < x.Length; at++)
        {
            if (double.IsNaN(x[at]) || double.IsNaN(y[at]))
                continue;
            keptX.Add(x[at]);
            keptY.Add(y[at]);
        }
        return Pearson(Ranks([.. keptX]), Ranks([.. keptY]));
    }

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    internal static double[] Ranks(double[] values)
    {
        var order = new int[values.Length];
        for (var at = 0; at < order.Length; at++)
            order[at] = at;
        var sorted = (double[])values.Clone();
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
                to++;
            for (var at = from; at < to; at++)
                ranks[order[at]] = (from + 1 + to) / 2.0;
            from = to;
        }
        return ranks;
    }
}
