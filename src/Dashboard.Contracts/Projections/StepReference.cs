namespace Dashboard.Contracts;

/// <summary>Names what a run logged under a tag at a step.</summary>
public sealed record StepReference
{
    /// <summary>The run.</summary>
    public string? RunId { get; init; }
    /// <summary>The series.</summary>
    public string? Tag { get; init; }
    /// <summary>Training step; null for the last, which the server fills in when a job is posted.</summary>
    public long? Step { get; init; }
}
