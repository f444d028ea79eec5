namespace Dashboard.Analysis.Tests;

public sealed class SchedulePlanTests
{
    private static SchedulePlan Of(params TrainingSetting[] settings) => SchedulePlan.Of(new TrainingSettings(settings));

    private static TrainingSetting N(string path, double value) => new(path, value);

    private static TrainingSetting T(string path, string text) => new(path, null, text);

    [Fact]
    public void Cosine_InEpochsOfKnownLength_IsLaidOutInSteps()
    {
        var plan = Of(T("scheduler.name", "CosineAnnealingLR"), N("scheduler.T_max", 10), N("lr", 0.1), N("epochs", 10), N("steps_per_epoch", 100));
        Assert.Equal((ScheduleKind.Cosine, 1000.0), (plan.Course!.Kind, plan.Total));
        Assert.Equal(0.05, plan.Course.At(500), 1e-12);
        // Within an epoch the rate stands still.
        Assert.Equal(plan.Course.At(500), plan.Course.At(599));
    }

    [Fact]
    public void Cosine_WithWarmUp_RunsOverTheRest()
    {
        var plan = Of(T("lr_scheduler", "cosine"), N("learning_rate", 0.2), N("warmup_steps", 100), N("total_steps", 1100), N("min_lr", 0.01));
        Assert.Equal([0.1, 0.2, 0.105, 0.01], new[] { 50.0, 100, 600, 1100 }.Select(step => Math.Round(plan.Course!.At(step), 12)));
    }

    [Fact]
    public void Step_OfTorchsDefaults_DropsToATenth()
    {
        var plan = Of(T("scheduler", "torch.optim.lr_scheduler.StepLR"), N("lr", 1), N("step_size", 30));
        Assert.Equal([1, 1, 0.1, 0.01], new[] { 0.0, 29, 30, 60 }.Select(step => Math.Round(plan.Course!.At(step), 12)));
    }

    [Fact]
    public void MultiStep_HasItsMilestones()
    {
        var plan = Of(T("scheduler", "multistep"), N("lr", 1), new TrainingSetting("milestones", null, null, [20, 50]), N("gamma", 0.5));
        Assert.Equal([20, 50], plan.Course!.Drops);
        Assert.Equal([1, 0.5, 0.25], new[] { 19.0, 20, 70 }.Select(plan.Course.At));
    }

    [Fact]
    public void OneCycle_EndsWhereTorchDoes()
    {
        var plan = Of(T("scheduler", "OneCycleLR"), N("max_lr", 1), N("total_steps", 100));
        Assert.Equal([0.04, 1, 4e-6], new[] { 0.0, 29, 99 }.Select(step => Math.Round(plan.Course!.At(step), 9)));
    }

    [Fact]
    public void Linear_OfOtherFrameworks_FallsToZero() =>
        Assert.Equal(0.5, Of(T("lr_scheduler_type", "linear"), N("learning_rate", 1), N("max_steps", 100)).Course!.At(50), 1e-12);

    [Fact]
    public void Linear_OfTorch_GoesFromFactorToFactor() =>
        Assert.Equal([0.5, 0.75, 1], new[] { 0.0, 2, 9 }.Select(Of(T("scheduler", "LinearLR"), N("lr", 1), N("start_factor", 0.5), N("total_iters", 4)).Course!.At));

    [Theory]
    [InlineData("ReduceLROnPlateau", "depends")]
    [InlineData("mystery", "unknown_schedule")]
    [InlineData("cosine", "no_length")]
    public void Plan_ThatCannotBeTold_SaysWhy(string name, string why)
    {
        var plan = Of(T("scheduler", name), N("lr", 0.1));
        Assert.Null(plan.Course);
        Assert.Equal((why, name), (plan.Why, plan.Named));
    }

    [Fact]
    public void Plan_InEpochsOfUnknownLength_SaysSo() => Assert.Equal("no_epoch", Of(T("scheduler", "cosine"), N("T_max", 10), N("lr", 0.1), N("epochs", 10)).Why);

    [Fact]
    public void Plan_WithoutASchedule_SaysSo() => Assert.Equal("no_schedule", Of(N("lr", 0.1)).Why);

    [Fact]
    public void Settings_EpochsAndSteps_GiveALengthOfTheEpoch()
    {
        var settings = new TrainingSettings([N("train.epochs", 5), N("train.max_steps", 500), N("environment.steps", 7)]);
        Assert.Equal((100.0, 500.0, "train.max_steps"), (settings.StepsPerEpoch!.Number, settings.Total!.Number, settings.TotalFrom));
    }
}
