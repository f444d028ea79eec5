namespace Dashboard.Analysis.Tests;

public sealed class UmapCurveTests
{
    // Five digits of umap-learn's figures.
    [Theory]
    [InlineData(1, 0.1, 1.57694, 0.89506)]
    [InlineData(1, 0, 1.93281, 0.79049)]
    [InlineData(1, 0.5, 0.58303, 1.33417)]
    public void Fit_KnownCurves_GivesTheirNumbers(double spread, double minDistance, double a, double b)
    {
        var fitted = UmapCurve.Fit(spread, minDistance);

        Assert.Equal(a, fitted.A, 5e-6);
        Assert.Equal(b, fitted.B, 5e-6);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 0.1)]
    [InlineData(0.01, 0.005)]
    public void Fit_UnusualCurves_IsFiniteAndPositive(double spread, double minDistance)
    {
        var (a, b) = UmapCurve.Fit(spread, minDistance);

        Assert.InRange(a, 1e-9, 1e9);
        Assert.InRange(b, 1e-3, 1e3);
    }
}
