using static Dashboard.Analysis.Tests.MadeCurves;

namespace Dashboard.Analysis.Tests;

/// <summary>Shapes that look alarming and are not.</summary>
public sealed class HealthyCurvesTests
{
    public static TheoryData<int> Points => [20, 50, 100, 200, 500];

    [Theory]
    [MemberData(nameof(Points))]
    public void NoisyMinibatches_AreLeftAlone(int points) => Quiet(Curve("train/loss", points, Decay, 0.3));

    [Theory]
    [MemberData(nameof(Points))]
    public void HumpOfAWarmUp_IsLeftAlone(int points) => Quiet(Curve("train/loss", points, t => Decay(t) + (1.5 * Math.Exp(-Math.Pow((t - 0.08) / 0.03, 2))), 0.02));

    [Theory]
    [MemberData(nameof(Points))]
    public void WarmRestarts_AreLeftAlone(int points) =>
        Quiet(Curve("train/loss", points, t => (2 * Math.Exp(-4 * t)) + 0.1 + (t > 0.25 ? 0.25 * Math.Exp(-6 * (t * 4 % 1)) : 0), 0.02));

    [Theory]
    [MemberData(nameof(Points))]
    public void DropsOfTheRate_AreLeftAlone(int points) =>
        Quiet(Curve("train/loss", points, t => t < 0.4 ? 0.8 + (1.5 * Math.Exp(-12 * t)) : t < 0.7 ? 0.35 + (0.45 * Math.Exp(-40 * (t - 0.4))) : 0.2 + (0.15 * Math.Exp(-40 * (t - 0.7))), 0.02));

    [Theory]
    [MemberData(nameof(Points))]
    public void ValidationBelowTraining_IsLeftAlone(int points) => Quiet(Curve("train/loss", points, t => Decay(t) + 0.4, 0.05), Curve("val/loss", 10, t => Decay(t) + 0.1, 0.01, points / 10));

    [Theory]
    [MemberData(nameof(Points))]
    public void LossThatStartsLow_IsLeftAlone(int points) => Quiet(Curve("train/loss", points, t => (0.05 * Math.Exp(-t)) + 0.02, 0.05), Curve("val/loss", 10, t => 0.06 + (0.01 * Math.Exp(-9 * t)), 0.01, points / 10));

    [Theory]
    [MemberData(nameof(Points))]
    public void SecondDescent_IsLeftAlone(int points) =>
        Quiet(Curve("train/loss", points, Decay, 0.02), Curve("val/loss", 20, t => (2.3 * Math.Exp(-8 * t)) + 0.3 + (0.25 * Math.Exp(-Math.Pow((t - 0.45) / 0.12, 2))), 0.01, points / 20));

    [Fact]
    public void SpikesThatPass_AreLeftAlone() => Quiet(Curve("train/loss", 300, t => Decay(t) * (Math.Round(t * 300) % 60 == 59 ? 20 : 1), 0.05));

    [Fact]
    public void PenaltyThatGrows_IsLeftAlone() => Quiet(Curve("train/loss", 100, Decay), Curve("train/loss/l2", 100, t => 0.1 + (5 * t)), Curve("train/kl_loss", 100, t => 4 * t));

    [Fact]
    public void BiasBeforeANormalisation_IsLeftAlone() =>
        Quiet(Curve("gradients/conv1.weight/norm", 30, _ => 0.2, 0.1), Curve("gradients/conv1.bias/norm", 30, _ => 1e-9), Curve("gradients/fc.weight/norm", 30, _ => 0.5, 0.1));

    [Fact]
    public void GradientThatGoesToRestWithTheLoss_IsLeftAlone() =>
        Quiet(Curve("train/loss", 100, t => 2.3 * Math.Exp(-20 * t)), Curve("gradients/a/norm", 100, t => Math.Exp(-25 * t)), Curve("gradients/b/norm", 100, t => 2 * Math.Exp(-25 * t)));

    [Fact]
    public void LossBelowZero_IsLeftAlone() => Quiet(Curve("train/nll", 100, t => 3 - (8 * (1 - Math.Exp(-4 * t))), 0.01));

    private static void Quiet(params CurveFeatures[] curves) => Assert.Empty(Read(curves).Alarms().Select(finding => $"{finding.Rule}: {finding.Sentence.En}"));
}
