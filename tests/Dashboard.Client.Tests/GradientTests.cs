namespace Dashboard.Client.Tests;

public sealed class GradientTests : IDisposable
{
    private readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Gradients_OfTwoSteps_HaveKnownNumbers()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            run.LogGradients(5, [new("w", new float[] { 3, 0, 0, 4 }, new float[] { 1, 0, 0, 0 }), new("b", new float[] { 0 })]);
            run.LogGradients(6, [new("w", new float[] { 4, 0, 0, 3 }, new float[] { 1, 0, 0, 0.5f }), new("b", new float[] { float.PositiveInfinity })]);
        }

        Assert.Equal([5, 5], Values("gradients/w/norm"));
        Assert.Equal([0.5, 0.5], Values("gradients/w/zeros"));
        Assert.Equal([24 / 25.0], Values("gradients/w/cosine"));
        Assert.Equal([0.5], Values("gradients/w/update_ratio"));
        Assert.Equal([1, Math.Sqrt(1.25)], Values("weights/w/norm"));
        Assert.Equal([0, 1], Values("gradients/b/non_finite"));
        Assert.Empty(Values("gradients/b/cosine"));
        Assert.Equal([1], Values("gradients/b/position"));
        Assert.Equal([5], Values("gradients/size"));
        Assert.Equal([5, double.PositiveInfinity], Values("gradients/norm"));
        var histograms = _fixture.Server.Records.Select(one => $"{one.GetProperty("tag")}@{one.GetProperty("step")}");
        Assert.Equal(["gradients/w@5", "weights/w@5", "gradients/b@5", "gradients/w@6", "weights/w@6"], histograms);
        Assert.Empty(_fixture.Notices);
    }

    [Fact]
    public async Task Gradients_WithAnotherNumberOfWeights_AreANoticeAndNoMore()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
            run.LogGradients(1, [new("w", new float[] { 1, 2 }, new float[] { 1 })]);
        Assert.Empty(_fixture.Server.Points);
        Assert.Contains("1 weights and 2 numbers", Assert.Single(_fixture.Notices).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SignedLogBins_OfKnownValues_AreThoseOfThePythonClient()
    {
        Assert.Equal(132, SignedLogBins.Edges.Count);
        Assert.All(SignedLogBins.Edges.Zip(SignedLogBins.Edges.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        var (edges, counts) = SignedLogBins.Count([0f, 1e-30f, -1e-30f, float.NaN])!.Value;
        Assert.Equal((1e-10, 1e-10), (-edges[0], edges[1]));
        Assert.Equal([3], counts);
        (edges, counts) = SignedLogBins.Count([1.5f, 2f, float.MaxValue])!.Value;
        // Two lie in the first two quarters of the decade from 1, one beyond all decades.
        Assert.Equal((1.0, double.MaxValue), (edges[0], edges[^1]));
        Assert.Equal((1L, 1L, 1L, 3L), (counts[0], counts[1], counts[^1], counts.Sum()));
        Assert.Null(SignedLogBins.Count([float.NaN]));
    }

    private IEnumerable<double> Values(string tag) => _fixture.Server.Points.Where(point => point.Tag == tag).Select(point => point.Value);
}
