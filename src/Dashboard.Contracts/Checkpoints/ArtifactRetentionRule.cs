namespace Dashboard.Contracts;

/// <summary>When artifacts of a type go.</summary>
public sealed record ArtifactRetentionRule
{
    /// <summary><c>model</c>, <c>batch</c>, <c>landscape</c>, <c>projection</c>, <c>image</c> or <c>file</c>.</summary>
    public string? Type { get; init; }
    /// <summary>Versions older than so many days go, 0 or more.</summary>
    public double? OlderThanDays { get; init; }
}
