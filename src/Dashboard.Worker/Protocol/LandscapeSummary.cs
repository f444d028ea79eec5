namespace Dashboard.Worker;

/// <summary>What an engine tells of a landscape beside its parts.</summary>
internal sealed record LandscapeSummary
{
    public required double CenterLoss { get; init; }
    public double? CenterAccuracy { get; init; }
    public double? ValidationCenterLoss { get; init; }
    public double? ValidationCenterAccuracy { get; init; }
    public long? ValidationSamples { get; init; }
    /// <summary><c>between</c>: loss at x = 1.</summary>
    public double? EndLoss { get; init; }
    public required IReadOnlyList<double> DirectionNorms { get; init; }
    public required long Parameters { get; init; }
    public required long Samples { get; init; }
    public required int BatchSize { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required string Device { get; init; }
    public required string Engine { get; init; }
    public required double Seconds { get; init; }
}
