namespace Dashboard.Contracts;

/// <summary>What is known of each vector: answer of <c>GET /api/v1/jobs/{id}/points</c>.</summary>
/// <param name="Rows">Vectors.</param>
/// <param name="Columns">What is known, in the order of the source.</param>
/// <param name="Sprite">Pictures of the samples, or null.</param>
public sealed record ProjectionPoints(int Rows, IReadOnlyList<PointColumn> Columns, SpriteReference? Sprite);
