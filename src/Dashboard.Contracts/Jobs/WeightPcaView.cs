namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.WeightPca"/> job: one entry a checkpoint, in the order of the path, where nothing else is said.</summary>
public sealed record WeightPcaView
{
    /// <summary>Names of the checkpoints.</summary>
    public required IReadOnlyList<string> Names { get; init; }
    /// <summary>Their steps; null for one that was stored without.</summary>
    public required IReadOnlyList<long?> Steps { get; init; }
    /// <summary>Scores on the leading directions, around the mean checkpoint: as many numbers as were asked for, 0 beyond those that the checkpoints span.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Coordinates { get; init; }
    /// <summary>Share of the variance along each direction, falling, summing to 1: one less than checkpoints.</summary>
    public required IReadOnlyList<double> ExplainedVariance { get; init; }
    /// <summary>The shares of a long random walk in many dimensions, 6/(π²k²), as many: a path that shows no more than these need not mean anything.</summary>
    public required IReadOnlyList<double> RandomWalk { get; init; }
    /// <summary>Distance of each checkpoint from the plane or space of the coordinates.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }
    /// <summary>Norm of the weights.</summary>
    public required IReadOnlyList<double> Norms { get; init; }
    /// <summary>Distance from each checkpoint to the next: one less than checkpoints.</summary>
    public required IReadOnlyList<double> StepNorms { get; init; }
    /// <summary>Sum of these.</summary>
    public required double TotalMovement { get; init; }
    /// <summary>Distance from the first checkpoint to the last.</summary>
    public required double Displacement { get; init; }
    /// <summary>Cluster of each, from 0, found among the whole weights and not among the coordinates; null where there are none.</summary>
    public IReadOnlyList<int>? Clusters { get; init; }
    /// <summary>How the number of clusters came about: <c>asked</c> or <c>silhouette</c>; null where there are none.</summary>
    public string? ClustersChosenBy { get; init; }
    /// <summary>Mean silhouette of the clusters, −1 to 1; null where there are none, or one alone.</summary>
    public double? Silhouette { get; init; }
    /// <summary>The silhouettes that were compared; null where the number was asked for.</summary>
    public IReadOnlyList<ClusterChoice>? Silhouettes { get; init; }
    /// <summary>Why there are no clusters; null where there are.</summary>
    public string? WhyNoClusters { get; init; }
    /// <summary>Numbers of a checkpoint.</summary>
    public required long Parameters { get; init; }
    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took.</summary>
    public double? Seconds { get; init; }
}
