namespace Dashboard.Analysis.Tests;

public sealed class CorrelationTests
{
    // Five numbers of size ten, rounded at 1e-16.
    private const int Digits = 12;

    [Fact]
    public void Pearson_FivePoints_IsTheRootOfRSquared()
    {
        double[] x = [1, 2, 3, 4, 5], y = [2.1, 3.9, 6.2, 7.8, 10.1];

        Assert.Equal(Math.Sqrt(1 - (0.107 / 39.708)), Correlation.Pearson(x, y), Digits);
        Assert.Equal(Correlation.Pearson(x, y), Correlation.Pearson(y, x), Digits);
    }

    [Fact]
    public void Spearman_AnyRisingCurve_IsOne()
    {
        Assert.Equal(1, Correlation.Spearman([1, 2, 3, 4], [1, 10, 100, 1e9]), Digits);
        Assert.Equal(-1, Correlation.Spearman([1, 2, 3, 4], [4, 3, 2, double.NegativeInfinity]), Digits);
    }

    [Fact]
    public void Spearman_Ties_ShareTheirRank()
    {
        Assert.Equal([1, 2.5, 2.5, 4], Correlation.Ranks([5, 7, 7, 9]));
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: Sxy = 4.5, Sxx = 4.5, Syy = 5.
        Assert.Equal(4.5 / Math.Sqrt(22.5), Correlation.Spearman([5, 7, 7, 9], [1, 2, 3, 4]), Digits);
    }

    [Fact]
    public void Spearman_MissingValues_TakeTheirPairWithThem() =>
        Assert.Equal(1, Correlation.Spearman([1, double.NaN, 3, 4], [1, -5, 2, 3]), Digits);

    [Fact]
    public void Both_ConstantOrShort_AreUndefined()
    {
        Assert.True(double.IsNaN(Correlation.Pearson([.1, .1, .1], [1, 2, 3])));
        Assert.True(double.IsNaN(Correlation.Spearman([1, 2, 3], [7, 7, 7])));
        Assert.True(double.IsNaN(Correlation.Pearson([1], [1])));
        Assert.True(double.IsNaN(Correlation.Spearman([], [])));
    }
}
