namespace Dashboard.Analysis;

/// <summary>How unevenly the samples of one split are spread over its classes.</summary>
public sealed record LabelImbalance
{
    // Below two, a loss without weights does as well; from five on, accuracy alone misleads; at fifty, a classifier may leave the rarest class out and hardly lose.
    private const double SlightRatio = 2, LargeRatio = 5, ExtremeRatio = 50;
    private const double ChanceLevel = .01;

    /// <summary>Why there is nothing to say.</summary>
    public LabelGap Gap { get; private init; }

    /// <summary>Samples.</summary>
    public long Total { get; private init; }

    /// <summary>Classes that have samples.</summary>
    public int Present { get; private init; }

    /// <summary>Classes without any, that were named.</summary>
    public int Missing { get; private init; }

    /// <summary>Place of the class of most samples; −1 where there is none. Of equals, the first.</summary>
    public int Largest { get; private init; } = -1;

    /// <summary>Place of the class of fewest samples, those without any left out; −1 where there is none.</summary>
    public int Smallest { get; private init; } = -1;

    /// <summary>Samples of the largest class for one of the smallest; NaN where there is none.</summary>
    public double Ratio { get; private init; } = double.NaN;

    /// <summary>Shannon's entropy H of the shares, in bits; NaN where there is no sample.</summary>
    public double Entropy { get; private init; } = double.NaN;

    /// <summary>2^H: as many classes of equal size would be as even as these.</summary>
    public double EffectiveClasses { get; private init; } = double.NaN;

    /// <summary>H over its largest value, 0 to 1: 1 where all classes that have samples have as many. NaN with one class.</summary>
    public double Evenness { get; private init; } = double.NaN;

    /// <summary>Chance that samples drawn evenly from the classes present are as uneven as this (χ²).</summary>
    public double P { get; private init; } = double.NaN;

    /// <summary>Nothing where chance explains it (p ≥ .01) or the ratio is below two, and no class is missing.</summary>
    public LabelSeverity Severity { get; private init; }

    /// <summary>Looks at the counts of one split.</summary>
    /// <param name="counts">Samples of each class; 0 for a class that other splits have and this one does not.</param>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static LabelImbalance Of(ReadOnlySpan<long> counts)
    {
        long total = 0;
        int present = 0, largest = -1, smallest = -1;
        for (var at = 0; at < counts.Length; at++)
        {
            if (counts[at] < 0)
                throw new ArgumentException("A count must not be negative.", nameof(counts));
            if (counts[at] == 0)
                continue;
            total += counts[at];
            present++;
            if (largest < 0 || counts[at] > counts[largest])
                largest = at;
            if (smallest < 0 || counts[at] < counts[smallest])
                smallest = at;
        }
        var found = new LabelImbalance { Total = total, Present = present, Missing = counts.Length - present, Largest = largest, Smallest = smallest };
        if (present == 0)
            return found with { Gap = LabelGap.Empty };
        double entropy = 0, chi = 0;
        var expected = (double)total / present;
        foreach (var count in counts)
        {
            if (count == 0)
                continue;
            entropy -= count / (double)total * Math.Log2(count / (double)total);
            chi += (count - expected) * (count - expected) / expected;
        }
        // A sum of logarithms may end a rounding below zero.
        entropy = Math.Max(0, entropy);
        var p = present > 1 ? IncompleteGamma.Upper((present - 1) / 2.0, chi / 2) : double.NaN;
        var ratio = counts[largest] / (double)counts[smallest];
        return found with
        {
            Gap = present == 1 ? LabelGap.OneClass : LabelGap.None,
            Ratio = ratio,
            Entropy = entropy,
            EffectiveClasses = Math.Pow(2, entropy),
            Evenness = present > 1 ? Math.Min(1, entropy / Math.Log2(present)) : double.NaN,
            P = p,
            Severity = Judge(ratio, p, found.Missing, present),
        };
    }

    private static LabelSeverity Judge(double ratio, double p, int missing, int present)
    {
        // Of one class alone nothing can be learned, where there should have been others.
        if (present == 1)
            return missing > 0 ? LabelSeverity.Critical : LabelSeverity.None;
        var bySize = ratio switch
        {
            _ when !(p < ChanceLevel) => LabelSeverity.None,
            >= ExtremeRatio => LabelSeverity.Critical,
            >= LargeRatio => LabelSeverity.Warning,
            >= SlightRatio => LabelSeverity.Info,
            _ => LabelSeverity.None,
        };
        return missing > 0 && bySize < LabelSeverity.Warning ? LabelSeverity.Warning : bySize;
    }
}
