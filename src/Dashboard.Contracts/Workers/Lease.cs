namespace Dashboard.Contracts;

/// <summary>A job in a worker's hands, until the lease runs out without a report.</summary>
public sealed record Lease
{
    /// <summary>The job.</summary>
    public required JobView Job { get; init; }
    /// <summary>Fencing token: rises with each lease of the job, and only the newest counts.</summary>
    public required long Token { get; init; }
    /// <summary>Seconds until the lease runs out; each report begins them anew.</summary>
    public required double LeaseSeconds { get; init; }
}
