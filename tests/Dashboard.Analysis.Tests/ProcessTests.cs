namespace Dashboard.Analysis.Tests;

public sealed class ProcessTests
{
    [Fact]
    public void Phases_Nested_OwnTimesAddUpAndGapsAreTold()
    {
        var summary = PhaseSummary.Of([new("train", 0, 10), new("eval", 4, 6), new("train", 15, 20), new("odd", 3, double.NaN), new("odd", 3, 2)], 0, 22);
        Assert.Equal([("train", 2, 15.0, 13.0, 10.0), ("eval", 1, 2.0, 2.0, 2.0)], summary.Shares.Select(one => (one.Name, one.Count, one.Seconds, one.OwnSeconds, one.Longest)));
        Assert.Equal((15.0, 7.0), (summary.Covered, summary.Uncovered));
        Assert.Equal([(10.0, 15.0), (20.0, 22.0)], summary.Gaps.Select(gap => (gap.Started, gap.Ended)));
    }

    [Fact]
    public void Phases_OverlappingOfOneName_CountOnce() =>
        Assert.Equal((2, 15.0, 15.0), PhaseSummary.Of([new("load", 0, 10), new("load", 5, 15)], 0, 15).Shares.Select(one => (one.Count, one.Seconds, one.OwnSeconds)).Single());

    [Fact]
    public void Phases_None_AreOneGap() => Assert.Equal(5, PhaseSummary.Of([], 10, 15).Uncovered);

    [Fact]
    public void Throughput_SteadyRun_IsItsRate()
    {
        var steps = Enumerable.Range(0, 500).Select(i => (long)i * 10).ToArray();
        var found = Throughput.Of(steps, [.. steps.Select(step => 1000 + step / 40.0)])!;
        Assert.Equal((40, 40, 4990), (found.Recent, found.Overall, found.LastStep));
        Assert.All(found.Rates, rate => Assert.Equal(40, rate, 1e-9));
    }

    [Fact]
    public void Throughput_APause_IsLeftOutLately()
    {
        var steps = Enumerable.Range(0, 100).Select(i => (long)i).ToArray();
        var found = Throughput.Of(steps, [.. steps.Select(step => step + (step >= 90 ? 3600.0 : 0))])!;
        Assert.Equal(1, found.Recent, 1e-9);
        Assert.Equal(3601, found.Pauses);
        Assert.InRange(found.Overall, 0.02, 0.03);
    }

    [Fact]
    public void Throughput_ARestart_CountsWhatIsDoneAgain()
    {
        var found = Throughput.Of([0, 10, 20, 10, 20, 30], [0, 1, 2, 3, 4, 5])!;
        // Four stretches of ten steps in five seconds.
        Assert.Equal(8, found.Recent, 1e-9);
        Assert.Equal(30, found.LastStep);
    }

    [Theory]
    [InlineData(new long[] { 1 }, new double[] { 1 })]
    [InlineData(new long[] { 1, 2 }, new double[] { 5, 5 })]
    public void Throughput_WithoutTime_IsUnknown(long[] steps, double[] times) => Assert.Null(Throughput.Of(steps, times));
}
