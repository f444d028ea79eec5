namespace Dashboard.Contracts;

/// <summary>Curvature at a checkpoint.</summary>
public sealed record CheckpointCurvature : CurvaturePoint
{
    /// <summary>Name of the checkpoint.</summary>
    public required string Name { get; init; }
    /// <summary>Its step; null where it was stored without.</summary>
    public long? Step { get; init; }
}
