using Dashboard.Benchmarks;

namespace Dashboard.Analysis.Tests;

/// <summary>The figures that the rules must keep, on runs of real models trained into known states; see benchmarks/README.md.</summary>
public sealed class LabelledRunsTests
{
    private static readonly List<LabelledRun> Runs = LabelledRun.Load(Path.Combine(AppContext.BaseDirectory, "curves.json.gz"));

    [Fact]
    public void Runs_AreManyAndAThirdHealthy()
    {
        Assert.True(Runs.Count >= 200);
        Assert.True(Runs.Count(run => run.State == "healthy") * 3 >= Runs.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Alarms_OfEachHalf_AreFoundAndSeldomFalse(bool heldOut)
    {
        var score = DiagnosisScore.Of(Runs.Where(run => run.IsHeldOut == heldOut), run => DiagnosisScore.Alarms(run.Signals(), RuleSet.Default));

        Assert.True(score.Recall >= 0.9, $"recall {score.Recall:F3}: {string.Join("; ", score.Missed)}");
        Assert.True(score.FalseAlarmShare <= 0.05, $"{score.FalseAlarms.Count} of {score.Healthy}: {string.Join("; ", score.FalseAlarms)}");
    }

    [Fact]
    public void Divergence_IsToldWithinTwentyLoggedSteps()
    {
        var late = Runs.Where(run => run.State == "diverging").Select(run => (run.Name, Delay: DiagnosisScore.Notice(run, RuleSet.Default))).Where(run => run.Delay is null or > 20);

        Assert.Empty(late);
    }
}
