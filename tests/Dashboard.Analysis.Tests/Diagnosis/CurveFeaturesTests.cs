using static Dashboard.Analysis.Tests.MadeCurves;

namespace Dashboard.Analysis.Tests;

/// <summary>Features of curves with known answers.</summary>
public sealed class CurveFeaturesTests
{
    [Fact]
    public void Of_AFallingLine_KnowsItsEnds()
    {
        var features = Curve("loss", 100, t => 2 - t);

        Assert.Equal((100, 0, 99), (features["points"], features["first_step"], features["last_step"]));
        // Medians of the first three and the last seven points of 2 − i/100.
        Assert.Equal(1.99, features["start"], 1e-12);
        Assert.Equal(1.04, features["level"], 1e-12);
        Assert.Equal((1.99 - 1.04) / 1.99, features["fall"], 1e-12);
        Assert.Equal((0, 0), (features["rise"], features["rise_points"]));
        Assert.True(features["trend"] < -0.15 && features["trend_noise"] < -100);
    }

    [Fact]
    public void Of_Noise_FindsItsDeviation()
    {
        // A median of 250 differences scatters by some 7 %.
        Assert.InRange(Curve("loss", 500, _ => 1, 0.1)["noise"], 0.08, 0.12);
    }

    [Fact]
    public void Of_ACurveThatSettles_KnowsSinceWhen()
    {
        var features = Curve("loss", 320, t => t < 0.5 ? 2 - (2 * t) : 1);

        // Bins are a thirty-second of the run, and a twentieth of the fall counts as flat.
        Assert.InRange(features["flat_share"], 0.48, 0.56);
        Assert.Equal(1, features["flat_level"], 0.02);
    }

    [Fact]
    public void Of_StepsThatGoBack_TakesTheLaterRun()
    {
        var features = CurveFeatures.Of(new SignalCurve("loss", [0, 1, 2, 3, 1, 2, 3, 4], [4, 3, 90, 91, 2, 1.5, 1.2, 1]));

        Assert.Equal((5, 4, 1), (features["points"], features["last_step"], features["last"]));
        Assert.True(features["start"] == 4 && features["rise"] == 0);
    }

    [Fact]
    public void Of_AScore_CountsItsDistanceFromTheBest()
    {
        var (share, percent) = (Curve("accuracy", 50, t => 0.1 + (0.8 * t)), Curve("accuracy", 50, t => 10 + (80 * t)));

        Assert.Equal(share["fall"], percent["fall"], 1e-12);
        Assert.Equal(0.1 + (0.8 * 46 / 50), share["level"], 0.01);
        Assert.Equal(100 * share["best_value"], percent["best_value"], 1e-9);
    }

    [Fact]
    public void Of_Buckets_CountsWhatIsNotFiniteInThem()
    {
        var features = CurveFeatures.Of(new SignalCurve("loss", [0, 100, 200, 300], [3, 2, 1.5, 1.2]) { NonFinite = [0, 5, 0, 0] });

        Assert.Equal((5, 100, 0), (features["non_finite_count"], features["non_finite_step"], features["non_finite_trailing"]));
    }

    [Fact]
    public void Of_HugeAndTinyValues_StaysFinite()
    {
        foreach (var size in (double[])[1e300, 1e-300, double.Epsilon])
        {
            var features = Curve("loss", 60, t => size * (1 + Math.Sin(40 * t)));
            Assert.All(RuleVocabulary.For(RuleScope.Curve).Where(feature => !feature.Name.StartsWith("run.", StringComparison.Ordinal)), feature => Assert.False(double.IsInfinity(features[feature.Name]), feature.Name));
        }
    }

    [Fact]
    public void Of_NoOrOnePoint_KnowsLittleAndThrowsNothing()
    {
        Assert.Equal(0, CurveFeatures.Of(new SignalCurve("loss", [], []))["points"]);
        Assert.Equal(7, Values("loss", 7)["last"]);
        Assert.True(double.IsNaN(Values("loss", 7)["trend"]));
        Assert.Throws<ArgumentException>(() => Values("loss", 7)["trendy"]);
        Assert.Throws<ArgumentException>(() => new SignalCurve("loss", [1, 2], [1]));
    }
}
