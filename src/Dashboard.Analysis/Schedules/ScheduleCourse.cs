namespace Dashboard.Analysis;

/// <summary>A learning rate as a function of the step.</summary>
public sealed class ScheduleCourse
{
    private readonly Func<double, double> _body;

    internal ScheduleCourse(ScheduleKind kind, IReadOnlyDictionary<string, double> parameters, Func<double, double> body, ScheduleWarmUp? warmUp = null, IReadOnlyList<double>? drops = null) =>
        (Kind, Parameters, _body, WarmUp, Drops) = (kind, parameters, body, warmUp, drops ?? []);

    /// <summary>Which course.</summary>
    public ScheduleKind Kind { get; }

    /// <summary>
    /// Its parameters by name, steps counted as they were logged: <c>rate</c> at the start, <c>factor</c>, <c>period</c>, <c>min</c>, <c>to</c>, <c>steps</c>, <c>power</c>, <c>multiplier</c>,
    /// <c>every</c> where the rate changes only once so many steps, <c>from_step</c> and <c>until_step</c> where it stands still before or after.
    /// </summary>
    public IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>The rise in front, or null.</summary>
    public ScheduleWarmUp? WarmUp { get; }

    /// <summary>Steps of the drops of <see cref="ScheduleKind.Drops"/>.</summary>
    public IReadOnlyList<double> Drops { get; }

    /// <summary>The rate at a step.</summary>
    public double At(double step) => WarmUp is { } rise && step < rise.End ? rise.At(step) : _body(step);

    internal ScheduleCourse After(ScheduleWarmUp? warmUp) => new(Kind, Parameters, _body, warmUp, Drops);
}
