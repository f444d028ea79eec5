namespace Dashboard.Analysis.Tests;

public sealed class LabelTests
{
    // As many digits as the known answers are given in.
    private const int Given = 5;
    // Sums of a handful of logarithms.
    private const int Digits = 13;

    [Fact]
    public void Comparison_OfTheKnownCase_HasItsAnswers()
    {
        var found = LabelComparison.Of([100, 100, 100], [30, 20, 10]);

        Assert.Equal(1.0 / 6, found.TotalVariation, Digits);
        Assert.Equal(.09589, found.Kl, Given);
        Assert.Equal(.18036, found.JensenShannon, Given);
        Assert.Equal(.18310, found.Psi, Given);
        Assert.Equal(8.3916, found.ChiSquared, 4);
        Assert.Equal(.01506, found.P, Given);
        Assert.Equal(2, found.DegreesOfFreedom);
        Assert.Equal(LabelSeverity.Warning, found.Severity);
        Assert.False(found.IsRough);
    }

    [Fact]
    public void Comparison_TheOtherWayRound_SwapsWhatHasADirection()
    {
        var (there, back) = (LabelComparison.Of([100, 100, 100], [30, 20, 10]), LabelComparison.Of([30, 20, 10], [100, 100, 100]));

        Assert.Equal(there.Kl, back.KlReverse, Digits);
        Assert.Equal(there.KlReverse, back.Kl, Digits);
        Assert.Equal(there.Psi, there.Kl + there.KlReverse, Digits);
        Assert.Equal((there.TotalVariation, there.JensenShannon, there.Psi, there.ChiSquared), (back.TotalVariation, back.JensenShannon, back.Psi, back.ChiSquared));
    }

    [Fact]
    public void Comparison_OfEqualShares_IsZeroAndSaysNothing()
    {
        var found = LabelComparison.Of([900, 100], [90, 10]);

        Assert.Equal((0, 0, 0, 0, 0), (found.TotalVariation, found.Kl, found.JensenShannon, found.Psi, found.ChiSquared));
        Assert.Equal(1, found.P);
        Assert.Equal(LabelSeverity.None, found.Severity);
    }

    [Fact]
    public void Comparison_OfAClassOnOneSide_IsInfiniteWhereItsDefinitionIs()
    {
        var found = LabelComparison.Of([50, 50, 0], [50, 0, 50]);

        Assert.Equal(double.PositiveInfinity, found.Kl);
        Assert.Equal(double.PositiveInfinity, found.KlReverse);
        Assert.Equal(double.PositiveInfinity, found.Psi);
        Assert.Equal(.5, found.TotalVariation);
        Assert.Equal((1, 1), (found.OnlyInA, found.OnlyInB));
        // Shares (50.5, 50.5, .5)/101.5 and (50.5, .5, 50.5)/101.5: a term of two classes each.
        Assert.Equal(2 * 50 / 101.5 * Math.Log(101), found.PsiSmoothed, Digits);
        Assert.Equal(LabelSeverity.Critical, found.Severity);
        // What b has beyond a costs the code of a nothing.
        Assert.Equal(Math.Log(2), LabelComparison.Of([10, 0], [10, 10]).Kl, Digits);
    }

    [Fact]
    public void Comparison_OfNothing_SaysWhy()
    {
        var empty = LabelComparison.Of([1, 2], [0, 0]);
        Assert.Equal((LabelGap.Empty, LabelSeverity.None), (empty.Gap, empty.Severity));
        Assert.True(double.IsNaN(empty.TotalVariation) && double.IsNaN(empty.P));
        Assert.Equal(LabelGap.Empty, LabelComparison.Of([], []).Gap);

        var one = LabelComparison.Of([5, 0], [7, 0]);
        Assert.Equal((LabelGap.OneClass, 0.0, 0.0), (one.Gap, one.TotalVariation, one.Psi));
        Assert.True(double.IsNaN(one.P));

        Assert.Throws<ArgumentException>(() => LabelComparison.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LabelComparison.Of([-1], [1]));
    }

    [Fact]
    public void Comparison_OfAHundredThousandClasses_IsDefined()
    {
        var a = new long[100_000];
        var b = new long[100_000];
        for (var at = 0; at < a.Length; at++)
            (a[at], b[at]) = (1 + (at % 3), 1 + (at % 2));

        var found = LabelComparison.Of(a, b);

        Assert.Equal(99_999, found.DegreesOfFreedom);
        Assert.True(found.IsRough);
        Assert.InRange(found.TotalVariation, .1, .3);
        Assert.InRange(found.P, 0, 1);
    }

    [Fact]
    public void Comparison_OfSplitsDrawnFromOneData_RarelyWarns()
    {
        var random = new SeededRandom(3, 0);
        var warned = 0;
        for (var draw = 0; draw < 400; draw++)
        {
            var (train, val) = (new long[10], new long[10]);
            for (var sample = 0; sample < 1000; sample++)
                (sample < 900 ? train : val)[(int)Math.Sqrt(random.Next(100))]++;
            warned += LabelComparison.Of(train, val).Severity != LabelSeverity.None ? 1 : 0;
        }

        // p < .05 in one of twenty: 20 ± 4.4 of 400 by chance; three deviations more.
        Assert.InRange(warned, 0, 34);
    }

    [Fact]
    public void Imbalance_OfKnownCounts_HasItsFigures()
    {
        var found = LabelImbalance.Of([900, 100]);

        Assert.Equal((1000, 2, 0, 0, 1, 9.0), (found.Total, found.Present, found.Missing, found.Largest, found.Smallest, found.Ratio));
        // −.9·log₂ .9 − .1·log₂ .1
        Assert.Equal(.46899559358928117, found.Entropy, Digits);
        Assert.Equal(Math.Pow(2, .46899559358928117), found.EffectiveClasses, Digits);
        Assert.Equal(LabelSeverity.Warning, found.Severity);

        var even = LabelImbalance.Of([10, 10, 10, 10]);
        Assert.Equal((1.0, 2.0, 4.0, 1.0, LabelSeverity.None), (even.Ratio, even.Entropy, even.EffectiveClasses, even.Evenness, even.Severity));
    }

    [Theory]
    [InlineData(new long[] { 4, 1 }, LabelSeverity.None)] // five samples tell nothing
    [InlineData(new long[] { 300, 100 }, LabelSeverity.Info)]
    [InlineData(new long[] { 10_000, 100 }, LabelSeverity.Critical)]
    [InlineData(new long[] { 100, 100, 0 }, LabelSeverity.Warning)]
    [InlineData(new long[] { 100, 0 }, LabelSeverity.Critical)]
    [InlineData(new long[] { 100 }, LabelSeverity.None)]
    public void Imbalance_OfCounts_IsJudged(long[] counts, LabelSeverity severity) => Assert.Equal(severity, LabelImbalance.Of(counts).Severity);

    [Fact]
    public void Imbalance_OfNothing_SaysWhy()
    {
        Assert.Equal(LabelGap.Empty, LabelImbalance.Of([]).Gap);
        Assert.Equal((LabelGap.Empty, 2, -1), (LabelImbalance.Of([0, 0]).Gap, LabelImbalance.Of([0, 0]).Missing, LabelImbalance.Of([0, 0]).Largest));
        Assert.Equal((LabelGap.OneClass, 0.0, 1.0), (LabelImbalance.Of([7]).Gap, LabelImbalance.Of([7]).Entropy, LabelImbalance.Of([7]).EffectiveClasses));
    }

    [Fact]
    public void Weights_OfCounts_BalanceThem()
    {
        Assert.Equal([1000 / 1800.0, 5], ClassWeights.Balanced([900, 100]));
        Assert.Equal([1, 9], ClassWeights.Oversampling([900, 100]));
        // A class without samples has no weight and does not count among the classes.
        Assert.Equal([1000 / 1800.0, double.NaN, 5], ClassWeights.Balanced([900, 0, 100]));
        Assert.True(double.IsNaN(ClassWeights.Oversampling([0, 5])[0]));
    }

    [Fact]
    public void Gamma_AtItsEdges_IsDefined()
    {
        Assert.Equal((1, 0), (IncompleteGamma.Upper(2, 0), IncompleteGamma.Lower(2, 0)));
        Assert.Equal((0, 1), (IncompleteGamma.Upper(2, double.PositiveInfinity), IncompleteGamma.Lower(2, double.PositiveInfinity)));
        Assert.True(double.IsNaN(IncompleteGamma.Upper(0, 1)) && double.IsNaN(IncompleteGamma.Upper(1, -1)) && double.IsNaN(IncompleteGamma.Lower(double.NaN, 1)));
        // Far out, as computed with forty digits.
        Assert.Equal(1, IncompleteGamma.Lower(2244.5881779722504, 1122.2940889861252) / 8.784767437223711516631e-191, 12);
        Assert.Equal(1, IncompleteGamma.Lower(851.1763736364311, 425.58818681821555) / 1.088570616879447040789e-73, 12);
        // Q(1, x) = e^−x, down to the smallest numbers.
        Assert.All([1e-8, .5, 2, 40, 700.0], x => Assert.Equal(1, IncompleteGamma.Upper(1, x) / Math.Exp(-x), Digits));
    }
}
