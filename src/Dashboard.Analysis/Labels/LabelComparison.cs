namespace Dashboard.Analysis;

/// <summary>How far the label counts of two splits, <c>a</c> and <c>b</c>, lie apart. p and q are their shares; classes that neither has do not count.</summary>
/// <remarks>
/// A class that only one side has makes <see cref="Kl"/> (where b lacks it) and <see cref="Psi"/> infinite, as their definitions have it. The smoothed ones add half a
/// sample to each class on both sides [Jeffreys 1946] and are always finite; severity is judged by them.
/// </remarks>
public sealed record LabelComparison
{
    // By habit a population stability index below .1 is no shift, from .25 on a large one [Siddiqi 2006].
    private const double SlightShift = .02, SomeShift = .1, LargeShift = .25;
    private const double ChanceLevel = .05;
    // Cochran's rule: χ² holds where at most a fifth of the cells expect fewer than five.
    private const double FewExpected = 5, MostFew = .2;

    /// <summary>Why there is no comparison; all measures are NaN then, unless it is <see cref="LabelGap.OneClass"/>, where only the test is.</summary>
    public LabelGap Gap { get; private init; }

    /// <summary>Classes that either side has.</summary>
    public int Classes { get; private init; }

    /// <summary>½·Σ|p − q|, 0 to 1: the share of samples that would have to change their class.</summary>
    public double TotalVariation { get; private init; } = double.NaN;

    /// <summary>Kullback–Leibler divergence Σ p·ln(p/q) of a from b, in nats; +∞ where b lacks a class of a.</summary>
    public double Kl { get; private init; } = double.NaN;

    /// <summary>The same of b from a.</summary>
    public double KlReverse { get; private init; } = double.NaN;

    /// <summary>Jensen–Shannon distance, 0 to 1: the root of the divergence of both from their mean, in bits.</summary>
    public double JensenShannon { get; private init; } = double.NaN;

    /// <summary>Population stability index Σ (p − q)·ln(p/q); +∞ where one side lacks a class of the other.</summary>
    public double Psi { get; private init; } = double.NaN;

    /// <summary><see cref="Kl"/> with half a sample more in each class.</summary>
    public double KlSmoothed { get; private init; } = double.NaN;

    /// <summary><see cref="Psi"/> with half a sample more in each class.</summary>
    public double PsiSmoothed { get; private init; } = double.NaN;

    /// <summary>Pearson's χ² of homogeneity over the 2 × classes table.</summary>
    public double ChiSquared { get; private init; } = double.NaN;

    /// <summary>Degrees of freedom: classes − 1.</summary>
    public int DegreesOfFreedom { get; private init; }

    /// <summary>Chance of a χ² as large as this or larger where both come from the same shares.</summary>
    public double P { get; private init; } = double.NaN;

    /// <summary>Whether more than a fifth of the cells expect fewer than five samples, so that <see cref="P"/> is rough.</summary>
    public bool IsRough { get; private init; }

    /// <summary>Classes that only a has.</summary>
    public int OnlyInA { get; private init; }

    /// <summary>Classes that only b has.</summary>
    public int OnlyInB { get; private init; }

    /// <summary>Nothing where chance explains the difference (p ≥ .05) or it is negligible.</summary>
    public LabelSeverity Severity { get; private init; }

    /// <summary>Compares counts.</summary>
    /// <param name="a">Samples of each class on one side.</param>
    /// <param name="b">Samples of the same classes on the other side.</param>
    /// <exception cref="ArgumentException">The two are not of one length, or a count is negative.</exception>
    public static LabelComparison Of(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"{a.Length} counts on one side and {b.Length} on the other: both must be of the same classes.", nameof(b));
        double totalA = 0, totalB = 0;
        int classes = 0, onlyA = 0, onlyB = 0;
        for (var at = 0; at < a.Length; at++)
        {
            if (a[at] < 0 || b[at] < 0)
                throw new ArgumentException("A count must not be negative.", a[at] < 0 ? nameof(a) : nameof(b));
            totalA += a[at];
            totalB += b[at];
            if (a[at] > 0 || b[at] > 0)
                classes++;
            if (a[at] > 0 && b[at] == 0)
                onlyA++;
            if (b[at] > 0 && a[at] == 0)
                onlyB++;
        }
        var counted = new LabelComparison { Classes = classes, OnlyInA = onlyA, OnlyInB = onlyB };
        return totalA == 0 || totalB == 0 ? counted with { Gap = LabelGap.Empty } : counted.Measured(a, b, totalA, totalB);
    }

    private LabelComparison Measured(ReadOnlySpan<long> a, ReadOnlySpan<long> b, double totalA, double totalB)
    {
        double variation = 0, kl = 0, reverse = 0, bits = 0, psi = 0, klSmoothed = 0, psiSmoothed = 0, chi = 0;
        var few = 0;
        for (var at = 0; at < a.Length; at++)
        {
            if (a[at] == 0 && b[at] == 0)
                continue;
            var (p, q) = (a[at] / totalA, b[at] / totalB);
            variation += Math.Abs(p - q);
            kl += Term(p, q);
            reverse += Term(q, p);
            psi += p == q ? 0 : (p - q) * Math.Log(p / q);
            var mean = (p + q) / 2;
            bits += (Term(p, mean) + Term(q, mean)) / 2;
            var (smoothP, smoothQ) = ((a[at] + .5) / (totalA + (Classes / 2.0)), (b[at] + .5) / (totalB + (Classes / 2.0)));
            var log = Math.Log(smoothP / smoothQ);
            klSmoothed += smoothP * log;
            psiSmoothed += (smoothP - smoothQ) * log;
            // Σ (observed − expected)²/expected of both rows of a class, put together.
            var apart = (a[at] * totalB) - (b[at] * totalA);
            var both = (double)a[at] + b[at];
            chi += apart / totalA * (apart / totalB) / both;
            few += (both * totalA / (totalA + totalB) < FewExpected ? 1 : 0) + (both * totalB / (totalA + totalB) < FewExpected ? 1 : 0);
        }
        var tested = Classes > 1;
        var probability = tested ? IncompleteGamma.Upper((Classes - 1) / 2.0, chi / 2) : double.NaN;
        return this with
        {
            Gap = tested ? LabelGap.None : LabelGap.OneClass,
            TotalVariation = variation / 2,
            Kl = Math.Max(0, kl),
            KlReverse = Math.Max(0, reverse),
            JensenShannon = Math.Sqrt(Math.Clamp(bits / Math.Log(2), 0, 1)),
            Psi = psi,
            KlSmoothed = Math.Max(0, klSmoothed),
            PsiSmoothed = psiSmoothed,
            ChiSquared = tested ? chi : double.NaN,
            DegreesOfFreedom = Classes - 1,
            P = probability,
            IsRough = tested && few > MostFew * 2 * Classes,
            Severity = tested ? Judge(probability, psiSmoothed) : LabelSeverity.None,
        };
    }

    private static LabelSeverity Judge(double probability, double psi) => psi switch
    {
        _ when !(probability < ChanceLevel) => LabelSeverity.None,
        >= LargeShift => LabelSeverity.Critical,
        >= SomeShift => LabelSeverity.Warning,
        >= SlightShift => LabelSeverity.Info,
        _ => LabelSeverity.None,
    };

    // p·ln(p/q), with 0·ln 0 = 0.
    private static double Term(double p, double q) => p == 0 ? 0 : p * Math.Log(p / q);
}
