namespace Dashboard.Torch.Tests;

/// <summary>Samplers that need no libtorch.</summary>
public sealed class SamplingTests
{
    private const int Draws = 20_000;

    private static double[][] Sample(IWeightSampler sampler) => [.. Enumerable.Range(0, Draws).Select(number =>
    {
        var weights = new double[sampler.Center.Length];
        sampler.Draw(number, weights);
        return weights;
    })];

    private static double Covariance(double[][] samples, int a, int b) => samples.Average(sample => sample[a] * sample[b]) - samples.Average(sample => sample[a]) * samples.Average(sample => sample[b]);

    [Fact]
    public void Swag_HasTheCovarianceOfItsPath()
    {
        double[][] path = [[0, 0, 5], [1, 2, 5], [2, -2, 5], [3, 4, 5]];
        const double scale = 0.5;

        var samples = Sample(new SwagSampler(path.Length, index => path[index], rank: 4, scale, seed: 3));

        for (var a = 0; a < 3; a++)
        {
            var mean = path.Average(point => point[a]);
            // Five standard errors of the mean; the third weight never moved.
            Assert.Equal(mean, samples.Average(sample => sample[a]), 5 * 2.3 / Math.Sqrt(Draws));
            for (var b = 0; b < 3; b++)
            {
                var squares = path.Sum(point => (point[a] - mean) * (point[b] - path.Average(other => other[b])));
                var known = scale * ((a == b ? squares / path.Length : 0) + squares / (path.Length - 1));
                // Five standard errors of a covariance of variances up to 6: √2·6/√n.
                Assert.Equal(known, Covariance(samples, a, b), 5 * 1.42 * 6 / Math.Sqrt(Draws));
            }
        }
    }

    [Fact]
    public void Box_StaysWithinTheScaleOfEachTensor()
    {
        var model = new FakeModel(("large", [2]), ("zero", [1]));
        // Root mean squares: 10 of the first; of all three √(200/3).
        var sampler = new AroundSampler(model, [10, -10, 0], 0.1, perTensor: true, uniform: true, seed: 1);

        var samples = Sample(sampler);

        Assert.All(samples, sample => Assert.InRange(sample[0], 9, 11));
        Assert.InRange(samples.Max(sample => sample[0]), 10.99, 11);
        Assert.InRange(samples.Max(sample => sample[2]), 0.81, 0.1 * Math.Sqrt(200.0 / 3));
        // (2·scale)²/12, within five standard errors.
        Assert.Equal(1.0 / 3, Covariance(samples, 0, 0), 5 * 0.3 / Math.Sqrt(Draws));
        Assert.Equal(0, Covariance(samples, 0, 1), 5.0 / 3 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Samples_DependOnTheirNumberAlone()
    {
        var model = new FakeModel(("w", [3]));
        var (one, other) = (new AroundSampler(model, [1, 2, 3], 1, false, false, 7), new AroundSampler(model, [1, 2, 3], 1, false, false, 7));
        double[] first = new double[3], again = new double[3];
        one.Draw(5, first);
        other.Draw(9, again);
        other.Draw(5, again);

        Assert.Equal(first, again);
    }

    [Fact]
    public void Scale_OfWeightsThatAreAllZero_IsRefused()
    {
        var refused = Assert.Throws<TorchInputException>(() => new AroundSampler(new FakeModel(("w", [2])), [0, 0], 1, true, false, 0));

        Assert.Contains("absolute", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coordinates_AreDistancesAlongOrthonormalDirections()
    {
        var plane = new PlaneCoordinates([1, 1], 4);

        var (x, y, distance) = plane.Of([4, 5]);

        // In two dimensions the plane is everything.
        Assert.Equal(5, distance, 1e-12);
        Assert.Equal(25, x * x + y * y, 1e-9);
        Assert.Equal((0, 0, 0), plane.Of([1, 1]));
    }
}
