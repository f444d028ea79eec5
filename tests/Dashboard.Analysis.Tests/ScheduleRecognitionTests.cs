namespace Dashboard.Analysis.Tests;

/// <summary>The schedules are written out here as PyTorch's documentation gives them, and must be told from their values alone.</summary>
public sealed class ScheduleRecognitionTests
{
    private const double Base = 0.1;

    // Rates are doubles or float32 in a log: six digits.
    private const double Digits = 1e-5;

    private static ScheduleFit? Told(int count, Func<int, double> rate, int every = 1)
    {
        var steps = Enumerable.Range(0, (count + every - 1) / every).Select(i => (double)(i * every)).ToArray();
        return ScheduleRecognition.Recognise(steps, [.. steps.Select(step => rate((int)step))]);
    }

    private static void Has(ScheduleFit? fit, ScheduleKind kind, params (string Name, double Value)[] parameters)
    {
        Assert.NotNull(fit);
        Assert.Equal(kind, fit.Course.Kind);
        foreach (var (name, value) in parameters)
            Assert.InRange(fit.Course.Parameters[name], value - Math.Abs(value) * Digits - 1e-9, value + Math.Abs(value) * Digits + 1e-9);
        Assert.InRange(fit.MaxRelativeError, 0, Digits);
    }

    private static double Cosine(double t, double length, double low = 0) => low + (Base - low) * (1 + Math.Cos(Math.PI * t / length)) / 2;

    [Fact]
    public void Constant_IsTold() => Has(Told(50, _ => Base), ScheduleKind.Constant, ("rate", Base));

    [Fact]
    public void StepLr_HasFactorAndPeriod() => Has(Told(100, i => Base * Math.Pow(0.1, i / 30)), ScheduleKind.Step, ("rate", Base), ("factor", 0.1), ("period", 30));

    [Fact]
    public void StepLr_OneDropSoFar_IsOfThatPeriod() => Has(Told(45, i => Base * Math.Pow(0.5, i / 30)), ScheduleKind.Step, ("factor", 0.5), ("period", 30));

    [Fact]
    public void MultiStepLr_HasItsDrops()
    {
        var fit = Told(200, i => Base * Math.Pow(0.1, (i >= 30 ? 1 : 0) + (i >= 140 ? 1 : 0)));
        Has(fit, ScheduleKind.Drops, ("factor", 0.1));
        Assert.Equal([30, 140], fit!.Course.Drops);
    }

    [Fact]
    public void ReduceLrOnPlateau_EndingAtItsFloor_HasItsDrops()
    {
        double[] rates = [0.1, 0.05, 0.025, 0.02];
        var fit = Told(100, i => rates[(i >= 13 ? 1 : 0) + (i >= 40 ? 1 : 0) + (i >= 51 ? 1 : 0)]);
        Has(fit, ScheduleKind.Drops, ("factor", 0.5), ("to", 0.02));
        Assert.Equal([13, 40, 51], fit!.Course.Drops);
    }

    [Fact]
    public void ExponentialLr_HasItsFactor() => Has(Told(80, i => Base * Math.Pow(0.97, i)), ScheduleKind.Exponential, ("factor", 0.97));

    [Fact]
    public void ExponentialLr_ByTheEpoch_HasFactorAndEpoch() => Has(Told(1000, i => Base * Math.Pow(0.9, i / 100)), ScheduleKind.Exponential, ("factor", 0.9), ("every", 100));

    [Fact]
    public void LinearLr_DownToAThird_HasItsEnds() => Has(Told(60, i => Base * (1 - 2.0 / 3 * i / 59)), ScheduleKind.Linear, ("rate", Base), ("to", Base / 3));

    [Fact]
    public void LinearLr_Upwards_IsAWarmUpThenConstant()
    {
        var fit = Told(100, i => Base * (1.0 / 3 + 2.0 / 3 * Math.Min(i, 20) / 20));
        Has(fit, ScheduleKind.Constant, ("rate", Base));
        Assert.Equal(("linear", 20.0), (fit!.Course.WarmUp!.Shape, fit.Course.WarmUp.End));
        Assert.Equal(Base / 3, fit.Course.WarmUp.From, 1e-12);
    }

    [Fact]
    public void ConstantLr_IsAHeldWarmUp()
    {
        var fit = Told(30, i => i < 5 ? Base / 3 : Base);
        Has(fit, ScheduleKind.Constant);
        Assert.Equal("constant", fit!.Course.WarmUp!.Shape);
    }

    [Fact]
    public void PolynomialLr_HasPowerAndLength() =>
        Has(Told(80, i => Base * Math.Pow(1 - Math.Min(i, 100) / 100.0, 2)), ScheduleKind.Polynomial, ("rate", Base), ("steps", 100), ("power", 2));

    [Fact]
    public void PolynomialLr_PastItsEnd_StaysAtZero()
    {
        var fit = Told(160, i => Base * Math.Pow(1 - Math.Min(i, 100) / 100.0, 2));
        Has(fit, ScheduleKind.Polynomial, ("power", 2));
        Assert.Equal(0, fit!.Course.At(500), 1e-9);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(60)]
    [InlineData(180)]
    public void CosineAnnealingLr_AlsoCutOffOrRisingAgain_HasPeriodAndMinimum(int count) =>
        Has(Told(count, i => Cosine(i, 100, 0.001)), ScheduleKind.Cosine, ("rate", Base), ("min", 0.001), ("period", 100));

    [Fact]
    public void CosineAnnealingLr_ByTheEpochLoggedByTheStep_StandsStillBetween()
    {
        var fit = Told(1000, i => Cosine(i / 50, 20));
        Has(fit, ScheduleKind.Cosine, ("rate", Base), ("period", 1000), ("every", 50));
        Assert.Equal(Cosine(3, 20), fit!.Course.At(199), Digits * Base);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void CosineAnnealingWarmRestarts_HaveFirstPeriodAndMultiplier(int multiplier)
    {
        double Rate(int i)
        {
            var (start, length) = (0, 20);
            while (i >= start + length) (start, length) = (start + length, length * multiplier);
            return Cosine(i - start, length);
        }

        Has(Told(150, Rate), ScheduleKind.CosineRestarts, ("rate", Base), ("period", 20), ("multiplier", multiplier));
    }

    [Fact]
    public void CyclicLr_HasItsEndsAndPeriod()
    {
        double Rate(int i) => 0.01 + 0.09 * (i % 40 <= 20 ? i % 40 / 20.0 : 2 - i % 40 / 20.0);
        Has(Told(150, Rate), ScheduleKind.Cyclic, ("rate", 0.1), ("min", 0.01), ("period", 40), ("steps", 20));
    }

    [Fact]
    public void OneCycleLr_IsACosineWarmUpThenACosine()
    {
        const double Low = Base / 25, End = Low / 1e4;
        var top = 0.3 * 200 - 1;
        var fit = Told(200, i => i <= top ? Low + (Base - Low) * (1 - Math.Cos(Math.PI * i / top)) / 2 : End + (Base - End) * (1 + Math.Cos(Math.PI * (i - top) / (199 - top))) / 2);
        Has(fit, ScheduleKind.Cosine, ("rate", Base), ("period", 140));
        Assert.Equal(("cosine", 59.0), (fit!.Course.WarmUp!.Shape, fit.Course.WarmUp.End));
    }

    [Fact]
    public void SequentialLr_LinearWarmUpThenCosine_HasBoth()
    {
        var fit = Told(300, i => i < 30 ? Base * i / 30 : Cosine(i - 30, 270));
        Has(fit, ScheduleKind.Cosine, ("period", 270));
        Assert.Equal(("linear", 30.0), (fit!.Course.WarmUp!.Shape, fit.Course.WarmUp.End));
    }

    [Fact]
    public void WarmupStableDecay_HasWhereItStaysAndFalls() =>
        Has(Told(300, i => i < 20 ? Base * i / 20 : i < 200 ? Base : Base * (1 - (i - 200) / 100.0)), ScheduleKind.Linear, ("rate", Base), ("from_step", 200));

    [Fact]
    public void NoamDecay_IsAnInverseRootAfterItsWarmUp()
    {
        var fit = Told(500, i => Base * Math.Min(Math.Sqrt(40.0 / (i + 1)), (i + 1) / 40.0));
        Has(fit, ScheduleKind.InverseRoot);
        Assert.Equal(39, fit!.Course.WarmUp!.End);
    }

    [Fact]
    public void WarmUp_StillRising_IsSaid() => Has(Told(10, i => Base * (i + 1) / 40), ScheduleKind.WarmUp);

    [Fact]
    public void SparseLog_IsToldWithinItsSpacing()
    {
        // Read every seventh step: the drop can be placed within that.
        var fit = Told(400, i => Base * Math.Pow(0.1, i / 100), every: 7);
        Assert.Equal(ScheduleKind.Step, fit!.Course.Kind);
        Assert.InRange(fit.Course.Parameters["period"], 93, 107);
    }

    [Fact]
    public void Float32Log_IsToldAllTheSame() => Has(Told(150, i => (float)Cosine(i, 200, 0.001)), ScheduleKind.Cosine, ("period", 200));

    [Fact]
    public void RandomRates_AreNothingKnown()
    {
        var random = new Random(5);
        Assert.Null(Told(60, _ => Base * (0.2 + random.NextDouble())));
    }

    [Fact]
    public void TwoPoints_AreNothingKnown() => Assert.Null(ScheduleRecognition.Recognise([0, 1], [0.1, 0.05]));

    [Fact]
    public void NotFiniteRates_AreLeftOut() =>
        Has(ScheduleRecognition.Recognise([0, 1, 2, 3, 4, 5], [Base, double.NaN, Base, double.PositiveInfinity, Base, -1]), ScheduleKind.Constant, ("rate", Base));

    [Fact]
    public void RestartedJob_TheLaterRateOfAStepCounts() =>
        Has(ScheduleRecognition.Recognise([0, 1, 2, 1, 2, 3], [Base, 1, 1, Base, Base, Base]), ScheduleKind.Constant, ("rate", Base));
}
