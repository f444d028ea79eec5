namespace Dashboard.Contracts;

/// <summary>The rise in front of a schedule.</summary>
/// <param name="Shape"><c>linear</c>, <c>cosine</c>, <c>exponential</c> or <c>constant</c>: held, then one jump.</param>
/// <param name="From">Rate at its start.</param>
/// <param name="To">Rate at its end.</param>
/// <param name="Steps">Its length.</param>
public sealed record ScheduleWarmUpView(string Shape, double From, double To, double Steps);
