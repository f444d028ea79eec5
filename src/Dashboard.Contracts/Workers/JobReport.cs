namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/jobs/{id}/report</c>: the lease goes on, and what has happened since the last report. Answered after parts are durable.</summary>
public sealed record JobReport
{
    /// <summary>Of the lease.</summary>
    public long? Token { get; init; }
    /// <summary>Share that is done, 0 to 1.</summary>
    public double? Progress { get; init; }
    /// <summary>What the worker does just now.</summary>
    public string? Message { get; init; }
    /// <summary>What it computes on.</summary>
    public string? Backend { get; init; }
    /// <summary>Seconds that are left.</summary>
    public double? SecondsLeft { get; init; }
    /// <summary>Lines for the log.</summary>
    public IReadOnlyList<JobLogLine>? Log { get; init; }
    /// <summary>Parts of the result. One that is stored already is passed over.</summary>
    public IReadOnlyList<JobPart>? Parts { get; init; }
}
