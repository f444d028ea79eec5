namespace Dashboard.Analysis.Tests;

public sealed class LeastSquaresTests
{
    // Sums of five numbers of size ten, each rounded at 1e-16: ten digits are far on the safe side.
    private const int Digits = 10;

    [Fact]
    public void Fit_FivePoints_GivesTheTextbookLine()
    {
        var line = LeastSquares.Fit([1, 2, 3, 4, 5], [2.1, 3.9, 6.2, 7.8, 10.1])!.Value;

        Assert.Equal(1.99, line.Slope, Digits);
        Assert.Equal(0.05, line.Intercept, Digits);
        // SSE = .107, Sxx = 10, Syy = 39.708: se = √(.107/3/10), R² = 1 − .107/39.708.
        Assert.Equal(Math.Sqrt(0.107 / 30), line.SlopeError, Digits);
        Assert.Equal(1 - (0.107 / 39.708), line.RSquared, Digits);
        Assert.Equal(5, line.Count);
    }

    [Fact]
    public void Fit_WallTimes_LosesNothingToTheirSize()
    {
        const double epoch = 1.76e9;
        var near = LeastSquares.Fit([1, 2, 3, 4, 5], [2.1, 3.9, 6.2, 7.8, 10.1])!.Value;
        var far = LeastSquares.Fit([epoch + 1, epoch + 2, epoch + 3, epoch + 4, epoch + 5], [2.1, 3.9, 6.2, 7.8, 10.1])!.Value;

        Assert.Equal(near.Slope, far.Slope, Digits);
        Assert.Equal(near.SlopeError, far.SlopeError, Digits);
        Assert.Equal(near.RSquared, far.RSquared, Digits);
    }

    [Theory]
    [InlineData(1e-200, 1e-200)]
    [InlineData(1e150, 1e-150)]
    [InlineData(1e-150, 1e150)]
    public void Fit_TinyAndHugeUnits_OnlyScaleTheLine(double unitX, double unitY)
    {
        double[] x = [1 * unitX, 2 * unitX, 3 * unitX, 4 * unitX, 5 * unitX];
        double[] y = [2.1 * unitY, 3.9 * unitY, 6.2 * unitY, 7.8 * unitY, 10.1 * unitY];

        var line = LeastSquares.Fit(x, y)!.Value;

        Assert.Equal(1.99, line.Slope / (unitY / unitX), Digits);
        Assert.Equal(1 - (0.107 / 39.708), line.RSquared, Digits);
    }

    [Fact]
    public void Fit_NonFinitePairs_AreLeftOutAndNotCounted()
    {
        var line = LeastSquares.Fit([1, double.NaN, 2, 3, 4, double.PositiveInfinity], [3, 1, 5, 7, double.NaN, 2])!.Value;

        Assert.Equal((2.0, 1.0, 3), (line.Slope, line.Intercept, line.Count));
        Assert.Equal(1, line.RSquared, Digits);
    }

    [Fact]
    public void Fit_TwoPoints_HasNoErrorToTell()
    {
        var line = LeastSquares.Fit([0, 2], [1, 5])!.Value;

        Assert.Equal((2.0, 1.0), (line.Slope, line.Intercept));
        Assert.True(double.IsNaN(line.SlopeError));
    }

    [Fact]
    public void Fit_ConstantY_IsFlatAndExplainsNothing()
    {
        var line = LeastSquares.Fit([1, 2, 3], [.1, .1, .1])!.Value;

        Assert.Equal((0.0, 0.1, 0.0), (line.Slope, line.Intercept, line.SlopeError));
        Assert.True(double.IsNaN(line.RSquared));
    }

    [Fact]
    public void Fit_OneXOrOnePoint_IsNoLine()
    {
        Assert.Null(LeastSquares.Fit([.1, .1, .1], [1, 2, 3]));
        Assert.Null(LeastSquares.Fit([1], [1]));
        Assert.Null(LeastSquares.Fit([], []));
        Assert.Null(LeastSquares.Fit([1, double.NaN], [1, 2]));
        Assert.Null(LeastSquares.Fit([1e-300, 2e-300], [1e300, 2e300]));
    }

    [Fact]
    public void Fit_DifferentLengths_IsRefused() => Assert.Throws<ArgumentException>(() => LeastSquares.Fit([1, 2], [1]));
}
