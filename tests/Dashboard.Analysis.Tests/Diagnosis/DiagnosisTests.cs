using static Dashboard.Analysis.Tests.MadeCurves;

namespace Dashboard.Analysis.Tests;

/// <summary>Each kind of finding on a curve that shows it, and silence on curves that look like it and are well.</summary>
public sealed class DiagnosisTests
{
    private static readonly double LnTen = Math.Log(10);

    public static TheoryData<int, double> Sizes => new() { { 20, 0.0 }, { 20, 0.02 }, { 60, 0.02 }, { 200, 0.0 }, { 200, 0.05 }, { 500, 0.1 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Read_LossThatDecays_ConvergesWithoutAlarm(int points, double noise)
    {
        var found = Read(Curve("train/loss", points, Decay, noise), Curve("val/loss", 10, t => Decay(t) + 0.05, noise, points / 10));

        Assert.Empty(found.Alarms());
        Assert.Contains(found, finding => finding is { Tag: "train/loss", Code: "converging" or "converged" });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Read_LossThatSettles_HasConverged(int points, double noise)
    {
        var found = Read(Curve("loss", points, t => (2.2 * Math.Exp(-14 * t)) + 0.1, noise));

        Assert.Contains("converged", found.Codes());
        Assert.Empty(found.Alarms());
    }

    [Fact]
    public void Read_NanFromAStep_IsCriticalFromThatStep()
    {
        var found = Read(Curve("train/loss", 100, t => t >= 0.6 ? double.NaN : Decay(t)));

        var finding = Assert.Single(found, finding => finding.Code == "non_finite");
        Assert.Equal((FindingSeverity.Critical, 60L, 99L, 1.0), (finding.Severity, finding.FromStep, finding.ToStep, finding.Confidence));
        Assert.Contains(finding.Evidence, mark => mark is { Kind: EvidenceKind.Range, FromStep: 60, ToStep: 99 });
    }

    [Fact]
    public void Read_OneNanThatPasses_IsAWarning()
    {
        var found = Read(Curve("train/loss", 100, t => t == 0.6 ? double.PositiveInfinity : Decay(t)));

        Assert.Equal(FindingSeverity.Warning, Assert.Single(found.Alarms()).Severity);
    }

    [Fact]
    public void Read_TermsBelowALoss_AreLeftToTheTotal()
    {
        var found = Read(Curve("train/loss", 100, t => t >= 0.6 ? double.NaN : Decay(t)), Curve("train/loss/data", 100, t => t >= 0.6 ? double.NaN : Decay(t)));

        Assert.Equal("train/loss", Assert.Single(found, finding => finding.Code == "non_finite").Tag);
        Assert.DoesNotContain(found, finding => finding.Tag == "train/loss/data");
    }

    [Fact]
    public void Read_LossThatFallsAndThenDoubles_DivergesFromWhereItTurned()
    {
        // Down to 0.15 over 150 points, then twice as high every fifth one.
        var found = Read(Curve("train/loss", 300, t => t < 0.5 ? Decay(2 * t) : Decay(1) * Math.Pow(2, ((t * 300) - 150) / 5), 0.02));

        var finding = found.First(finding => finding.Code == "diverging");
        Assert.InRange(finding.FromStep!.Value, 140, 170);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Read_LossThatDoubles_Diverges(int points, double noise)
    {
        var found = Read(Curve("train/loss", points, t => 0.5 * Math.Pow(2, t * points), noise));

        Assert.Equal("diverging", found[0].Code);
        Assert.Equal(FindingSeverity.Critical, found[0].Severity);
    }

    [Fact]
    public void Read_LossThatFallsAndThenRises_DivergesFromTheOnset()
    {
        var found = Read(Curve("train/loss", 200, t => t < 0.7 ? Decay(t) : 0.15 * Math.Exp(60 * (t - 0.7)), 0.02));

        var finding = Assert.Single(found, finding => finding.Code == "diverging");
        // The rise leaves a quarter of its height some points after it began.
        Assert.InRange(finding.FromStep!.Value, 140, 200);
    }

    [Fact]
    public void Read_LossThatLosesItsGain_DivergesBelowItsStart()
    {
        var found = Read(Curve("train/loss", 200, t => t < 0.6 ? Decay(t) : 2.2, 0.02));

        Assert.Contains("diverging", found.Codes());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(20)]
    public void Read_Sawtooth_Oscillates(int period)
    {
        var found = Read(Curve("train/loss", 120, t => 0.5 + (Math.Round(t * 120) % period / (period - 1) * 1.5), 0.01));

        Assert.Contains("oscillating", found.Codes());
        Assert.DoesNotContain("diverging", found.Codes());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Read_LossAtChance_IsNotFalling(int points, double noise)
    {
        var found = Read(Curve("train/loss", points, _ => LnTen, noise));

        Assert.Contains("not_falling", found.Codes());
    }

    [Fact]
    public void Read_NotFallingWithVanishingGradient_IsTheArchitecture()
    {
        var found = Read(Curve("train/loss", 60, _ => LnTen, 0.01), Curve("gradients/a.weight/norm", 20, _ => 1e-8), Curve("gradients/b.weight/norm", 20, _ => 0.3));

        Assert.Equal("not_falling_architecture", Assert.Single(found, finding => finding.Code == "not_falling").Rule);
        Assert.Equal("gradients/a.weight/norm", Assert.Single(found, finding => finding.Code == "vanishing_gradients").Tag);
    }

    [Fact]
    public void Read_NotFallingWithTinyUpdates_IsTheOptimiser()
    {
        var found = Read(Curve("train/loss", 60, _ => LnTen, 0.01), Curve("gradients/update_ratio", 20, _ => 1e-8), Curve("gradients/norm", 20, _ => 0.5));

        Assert.Equal("not_falling_rate_low", Assert.Single(found, finding => finding.Code == "not_falling").Rule);
    }

    [Fact]
    public void Read_NotFallingWithGradientAtRest_IsTheModel()
    {
        var found = Read(Curve("train/loss", 60, _ => Math.Log(2), 0.01), Curve("gradients/norm", 30, t => 0.4 * Math.Exp(-9 * t)));

        Assert.Equal("not_falling_model", Assert.Single(found, finding => finding.Code == "not_falling").Rule);
    }

    [Fact]
    public void Read_ValidationThatNeverFell_IsTheData()
    {
        var found = Read(Curve("train/loss", 60, Decay), Curve("val/loss", 12, t => LnTen * (1 + (0.3 * t)), every: 5));

        Assert.Contains(found, finding => finding is { Rule: "not_falling_data", Tag: "val/loss" });
    }

    [Fact]
    public void Read_LossThatStopsHigh_IsAPlateau()
    {
        var found = Read(Curve("train/loss", 100, t => 2.3 - Math.Min(0.9, 6 * t), 0.01));

        Assert.Equal(FindingSeverity.Warning, Assert.Single(found, finding => finding.Code == "plateau").Severity);
    }

    [Theory]
    [InlineData("train/loss", "val/loss")]
    [InlineData("loss", "val_loss")]
    [InlineData("Loss/train", "Loss/test")]
    [InlineData("train/loss", "eval/loss")]
    public void Read_ValidationThatRises_Overfits(string training, string validation)
    {
        foreach (var checks in (int[])[8, 25, 100])
        {
            var found = Read(Curve(training, 200, t => (2.3 * Math.Exp(-5 * t)) + 0.02, 0.05), Curve(validation, checks, t => (2.3 * Math.Exp(-7 * t)) + 0.5 + (1.2 * Math.Max(0, t - 0.3)), 0.01, 200 / checks));

            var finding = Assert.Single(found, finding => finding.Code == "overfitting");
            Assert.Equal((validation, training), (finding.Tag, finding.Names["other"]));
            Assert.Contains(finding.Evidence, mark => mark.Kind == EvidenceKind.Curve && mark.Tag == training);
            // The lowest point of the made curve lies at t = 0.37; checks are a tenth apart at the most.
            Assert.InRange(finding.FromStep!.Value, 40, 100);
        }
    }

    [Fact]
    public void Read_AccuracyThatFallsBackOnValidation_Overfits()
    {
        var found = Read(Curve("train/accuracy", 100, t => 1 - (0.9 * Math.Exp(-8 * t))), Curve("val/accuracy", 20, t => 0.7 - (0.6 * Math.Exp(-9 * t)) - (0.25 * Math.Max(0, t - 0.3)), 0.01, 5));

        Assert.Contains("overfitting", found.Codes());
    }

    [Fact]
    public void Read_BothCurvesHighAndClose_Underfits()
    {
        var found = Read(Curve("train/loss", 100, t => 1.7 + (0.6 * Math.Exp(-15 * t)), 0.01), Curve("val/loss", 20, t => 1.74 + (0.55 * Math.Exp(-15 * t)), 0.005, 5));

        Assert.Contains("underfitting", found.Codes());
        Assert.DoesNotContain("overfitting", found.Codes());
    }

    [Fact]
    public void Read_ValidationPastItsBest_TellsWhereEarlyStoppingWouldHaveStopped()
    {
        var found = Read(Curve("train/loss", 30, Decay), Values("val/loss", 3, 2, 1, 0.8, 0.7, 0.75, 0.8, 0.9, 1, 1.1, 1.2, 1.3));

        var finding = Assert.Single(found, finding => finding.Code == "early_stop");
        Assert.Equal((FindingSeverity.Info, 4L), (finding.Severity, finding.FromStep));
        Assert.Contains("step 9 and kept step 4, at 0.7", finding.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeadUnits_NamesTheModule()
    {
        var found = Read(Values("activations/relu1/dead_share", 0.5, 0.6, 0.7), Values("activations/relu2/dead_share", 0.1, 0.1, 0.1), Values("activations/relu3/dead_share", 1, 1));

        Assert.Equal(["activations/relu3/dead_share", "activations/relu1/dead_share"], found.Select(finding => finding.Tag));
        Assert.All(found, finding => Assert.Equal("dead_units", finding.Code));
        Assert.Equal(FindingSeverity.Critical, found[0].Severity);
    }

    [Fact]
    public void Read_TheSameTwice_IsTheSame()
    {
        CurveFeatures[] curves = [Curve("train/loss", 100, Decay, 0.1), Curve("val/loss", 20, t => Decay(t) + t, 0.01, 5), Curve("gradients/a/norm", 10, _ => 1e7)];

        var (first, second) = (Read(curves), Read([.. curves.Reverse()]));

        Assert.Equal(first.Select(finding => (finding.Rule, finding.Tag, finding.Confidence, finding.Sentence)), second.Select(finding => (finding.Rule, finding.Tag, finding.Confidence, finding.Sentence)));
    }

    [Fact]
    public void Read_FeaturesKeptFromBefore_GiveWhatAWholeReadingGives()
    {
        var raw = Enumerable.Range(0, 8).Select(at => Raw($"head{at}/loss", 60 + at, Decay, 0.05)).ToList();
        var kept = raw.Select(CurveFeatures.Of).ToList();
        raw[3] = Raw("head3/loss", 80, t => Math.Exp(6 * t));
        kept[3] = CurveFeatures.Of(raw[3]);

        var (incremental, whole) = (Read([.. kept]), Read([.. raw.Select(CurveFeatures.Of)]));

        Assert.Equal(whole.Select(finding => (finding.Rule, finding.Tag, finding.Sentence.En)), incremental.Select(finding => (finding.Rule, finding.Tag, finding.Sentence.En)));
        Assert.Contains(incremental, finding => finding is { Code: "diverging", Tag: "head3/loss" });
    }

    [Fact]
    public void Read_NothingOrNextToNothing_SaysNothing()
    {
        Assert.Empty(Diagnosis.Read(new RunSignals(), RuleSet.Default));
        Assert.Empty(Read(Values("train/loss", 1), Values("train/lr", 0.1, 0.1), Values("val/loss", 2, 1), Values("anything", 5, 4, 3, 2, 1)));
    }
}
