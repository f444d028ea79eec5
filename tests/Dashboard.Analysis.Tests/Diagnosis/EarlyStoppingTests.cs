namespace Dashboard.Analysis.Tests;

/// <summary>Early stopping on checks with known answers.</summary>
public sealed class EarlyStoppingTests
{
    private static readonly double[] Losses = [1, 0.8, 0.7, 0.72, 0.695, 0.71, 0.7, 0.72, 0.9, 0.5];

    [Theory]
    [InlineData(2, 0, 60, 40)]
    [InlineData(3, 0, 70, 40)]
    [InlineData(2, 0.01, 40, 20)]
    [InlineData(1, 0, 30, 20)]
    public void Replay_Patience_CountsChecksSinceTheBest(int patience, double minDelta, double step, double best)
    {
        var stop = EarlyStopping.Replay(Curve("val/loss", Losses), patience, minDelta, double.NaN);

        Assert.Equal((step, best, false), (stop!.Value.Step, stop.Value.BestStep, stop.Value.ByLimit));
        Assert.Equal(9 - (step / 10), stop.Value.ChecksAfter);
    }

    [Fact]
    public void Replay_PatienceThatLasts_DoesNotStop() => Assert.Null(EarlyStopping.Replay(Curve("val/loss", Losses), 5, 0, double.NaN));

    [Fact]
    public void Replay_PastTheLimit_StopsAtOnce()
    {
        var stop = EarlyStopping.Replay(Curve("val/loss", Losses), 5, 0, 0.85)!.Value;
        Assert.Equal((0, 0, true), (stop.Step, stop.BestStep, stop.ByLimit));

        stop = EarlyStopping.Replay(Curve("val/loss", Losses[1..]), 5, 0, 0.85)!.Value;
        Assert.Equal((70, 30, 0.695), (stop.Step, stop.BestStep, stop.BestValue));
    }

    [Fact]
    public void Replay_AnAccuracy_IsBetterWhenHigher()
    {
        var stop = EarlyStopping.Replay(Curve("val/accuracy", 0.1, 0.5, 0.8, 0.7, 0.75), 2, 0, double.NaN)!.Value;

        Assert.Equal((40, 20), (stop.Step, stop.BestStep));
        Assert.Equal(0.8, stop.BestValue, 1e-15);
        Assert.Equal(30, EarlyStopping.Replay(Curve("val/accuracy", 0.6, 0.7, 0.8, 0.2), 9, 0, 0.3)!.Value.Step);
    }

    [Fact]
    public void Replay_OfNothing_IsNothing() => Assert.Null(EarlyStopping.Replay(Curve("val/loss"), 1, 0, double.NaN));

    private static SignalCurve Curve(string tag, params double[] values) => new(tag, [.. Enumerable.Range(0, values.Length).Select(at => 10L * at)], values);
}
