namespace Dashboard.Contracts;

/// <summary>What a job said, oldest first; the newest <see cref="ApiLimits.MaxJobLogLines"/> lines are kept.</summary>
/// <param name="Items">The lines.</param>
public sealed record JobLogView(IReadOnlyList<JobLogLine> Items);
