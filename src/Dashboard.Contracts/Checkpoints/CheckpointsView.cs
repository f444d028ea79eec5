namespace Dashboard.Contracts;

/// <summary>Answer of <c>GET /api/v1/runs/{run_id}/checkpoints</c>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Metric">What "best" goes by, or null where the run has nothing to go by.</param>
/// <param name="Goal"><c>min</c> or <c>max</c>.</param>
/// <param name="GoalFrom">Where the goal is from: <c>given</c>, <c>logged</c> with a checkpoint, or guessed from the metric's <c>name</c>.</param>
/// <param name="Metrics">Metrics that were saved with checkpoints.</param>
/// <param name="Size">Bytes of all versions together.</param>
/// <param name="Items">Every version, newest first.</param>
public sealed record CheckpointsView(
    string RunId, string? Metric, string? Goal, string? GoalFrom, IReadOnlyList<string> Metrics, long Size, IReadOnlyList<CheckpointView> Items);
