namespace Dashboard.Contracts;

/// <summary>A course of a learning rate, with points to draw it by.</summary>
/// <param name="Kind"><c>constant</c>, <c>step</c>, <c>drops</c>, <c>exponential</c>, <c>linear</c>, <c>polynomial</c>, <c>cosine</c>, <c>cosine_restarts</c>, <c>cyclic</c>, <c>inverse_root</c> or <c>warm_up</c>.</param>
/// <param name="Parameters">Its parameters in logged steps: <c>rate</c>, <c>factor</c>, <c>period</c>, <c>min</c>, <c>to</c>, <c>steps</c>, <c>power</c>, <c>multiplier</c>, <c>every</c>, <c>from_step</c>, <c>until_step</c>.</param>
/// <param name="WarmUp">The rise in front, or null.</param>
/// <param name="Drops">Steps at which it drops.</param>
/// <param name="Steps">Steps to draw it at.</param>
/// <param name="Rates">Rates there.</param>
public sealed record ScheduleCourseView(
    string Kind, IReadOnlyDictionary<string, double> Parameters, ScheduleWarmUpView? WarmUp, IReadOnlyList<double> Drops, IReadOnlyList<double> Steps, IReadOnlyList<double> Rates);
