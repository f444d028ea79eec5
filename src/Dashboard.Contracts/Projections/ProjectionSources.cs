namespace Dashboard.Contracts;

/// <summary>Answer of <c>GET /api/v1/projections/sources</c>.</summary>
/// <param name="Items">Everything that can be projected, the newest runs first.</param>
/// <param name="Truncated">Whether there is more, in older runs.</param>
public sealed record ProjectionSources(IReadOnlyList<ProjectionSource> Items, bool Truncated);
