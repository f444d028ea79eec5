namespace Dashboard.Storage;

/// <summary>One version of an artifact.</summary>
internal sealed class ArtifactEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }
    public long RunKey { get; set; }
    public required string Name { get; set; }
    public required string Type { get; set; }
    public long? Step { get; set; }
    public long Size { get; set; }
    public required string Sha256 { get; set; }
    public double Created { get; set; }
    public string? Reason { get; set; }
    public string? Metric { get; set; }
    public double? MetricValue { get; set; }
    public string? MetricGoal { get; set; }
    public bool Kept { get; set; }
}
