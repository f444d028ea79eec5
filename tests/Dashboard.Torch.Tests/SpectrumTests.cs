namespace Dashboard.Torch.Tests;

public sealed class SpectrumTests
{
    // What double-precision Lanczos leaves of spectra of order ten.
    private const double Rounding = 1e-9;

    [Fact]
    public void Ends_OfAKnownSpectrum_AreFoundWithTheirVectors()
    {
        var matrix = new Matrix([.. Enumerable.Range(0, 300).Select(i => i / 30.0 - 3), -20, 50]);

        var ends = Lanczos.Ends(matrix, top: 3, bottom: 2, new LanczosOptions { Tolerance = 1e-10 });

        Assert.Equal([50, 299 / 30.0 - 3, 298 / 30.0 - 3], ends.Top.Select(pair => pair.Value), (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal(-20, ends.Bottom[0].Value, Rounding);
        Assert.Equal(-3, ends.Bottom[1].Value, 1e-7);
        Assert.Equal(matrix.Products, ends.Steps);
        foreach (var pair in ends.Top.Concat(ends.Bottom)) Assert.Equal(1, pair.Vector.Sum(value => value * value), Rounding);
    }

    [Fact]
    public void Ends_OfHigherMultiplicity_AreAllFound()
    {
        var ends = Lanczos.Ends(new Matrix(10, 10, 10, 5, 1, 1), top: 4, bottom: 2);

        Assert.Equal([10, 10, 10, 5], ends.Top.Select(pair => pair.Value), Close);
        Assert.Equal([1, 1], ends.Bottom.Select(pair => pair.Value), Close);
        Assert.True(ends.Converged);
    }

    [Fact]
    public void Ends_OfZero_AreZero()
    {
        var ends = Lanczos.Ends(new Matrix(0, 0, 0), top: 1, bottom: 1);

        Assert.Equal(0, ends.Top[0].Value);
        Assert.Equal(0, ends.Bottom[0].Residual);
    }

    [Fact]
    public void Ends_TooFewSteps_SayThatTheyHaveNotConverged()
    {
        var matrix = new Matrix([.. Enumerable.Range(0, 400).Select(i => Math.Sqrt(i))]);

        var ends = Lanczos.Ends(matrix, top: 1, bottom: 1, new LanczosOptions { MaxSteps = 8 });

        Assert.False(ends.Converged);
        Assert.InRange(ends.Top[0].Residual, 1e-3, double.MaxValue);
        // An eigenvalue lies within the residual of what was found.
        Assert.Contains(Enumerable.Range(0, 400), i => Math.Abs(Math.Sqrt(i) - ends.Top[0].Value) <= ends.Top[0].Residual);
    }

    [Fact]
    public void Ends_WithoutMemoryForTheBasis_AreRefused()
    {
        var error = Assert.Throws<TorchInputException>(() => Lanczos.Ends(new Matrix(new double[100]), 5, 1, new LanczosOptions { MaxBasisBytes = 800 * 4 }));

        Assert.Contains("Ask for fewer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_OfALowRank_IsExact()
    {
        var trace = HutchPlusPlus.Trace(new Matrix([10, 5, 2, 1, .. new double[96]]));

        Assert.Equal(18, trace.Value, Rounding);
        Assert.InRange(trace.StandardError, 0, Rounding);
    }

    [Fact]
    public void Trace_OfAFullRank_LiesWithinItsErrors()
    {
        var spectrum = Enumerable.Range(1, 500).Select(i => 1.0 / i).ToArray();

        var trace = HutchPlusPlus.Trace(new Matrix(spectrum), seed: 3);

        Assert.InRange(trace.StandardError, 1e-6, 0.2);
        // Four standard errors.
        Assert.Equal(spectrum.Sum(), trace.Value, 4 * trace.StandardError);
        Assert.Equal(60, trace.Products);
        Assert.Equal(trace, HutchPlusPlus.Trace(new Matrix(spectrum), seed: 3));
    }

    [Fact]
    public void Density_OfTwoValues_HasTheirSharesOfTheArea()
    {
        var density = LanczosQuadrature.Density(new Matrix([.. Enumerable.Repeat(0.0, 750), .. Enumerable.Repeat(4.0, 250)]), probes: 20, seed: 1);

        var step = density.X[1] - density.X[0];
        var upper = density.X.Zip(density.Y).Where(bin => bin.First > 2).Sum(bin => bin.Second) * step;
        Assert.Equal(10_000, density.X.Length);
        Assert.Equal(1, density.Y.Sum() * step, Rounding);
        // A quarter, within four standard errors of 20 probes of 1,000 signs turned by one reflection.
        Assert.Equal(0.25, upper, 0.02);
        // PyHessian's width: sqrt(1e-5 · 4).
        var peak = density.Y.Max();
        var width = density.X.Zip(density.Y).Where(bin => bin.First < 2 && bin.Second > peak / 2).Count() * step;
        Assert.Equal(2.355 * Math.Sqrt(4e-5), width, 2 * step);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < Rounding;
}
