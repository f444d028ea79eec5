namespace Dashboard.Contracts;

/// <summary>Answer of <c>GET /api/v1/workers</c>.</summary>
/// <param name="Items">Workers that were heard of within the last lease.</param>
/// <param name="Local">What became of the worker that this server starts by itself: <c>starting</c>, <c>running</c>, <c>off</c> (switched off), <c>failed</c>.</param>
/// <param name="Problem">Why the local worker does not run, with the way out; null otherwise.</param>
public sealed record WorkersView(IReadOnlyList<WorkerView> Items, string Local, string? Problem);
