namespace Dashboard.Storage;

/// <summary>A job as it is stored.</summary>
public sealed record JobInfo
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>Project name.</summary>
    public required string Project { get; init; }

    /// <summary>What is computed; the store keeps kinds apart and knows no more of them.</summary>
    public required string Kind { get; init; }

    /// <summary>What a person calls it.</summary>
    public required string Name { get; init; }

    /// <summary>A JSON object text.</summary>
    public required string SpecJson { get; init; }

    /// <summary>Where it stands.</summary>
    public JobStatus Status { get; init; }

    /// <summary>Share that is done, 0 to 1, when something was last stored.</summary>
    public double Progress { get; init; }

    /// <summary>What the worker did then.</summary>
    public string? Message { get; init; }

    /// <summary>What computes it.</summary>
    public string? Backend { get; init; }

    /// <summary>Why it failed, in words.</summary>
    public string? Error { get; init; }

    /// <summary>Stable code of the failure.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Name of the worker that has it, or had it last.</summary>
    public string? Worker { get; init; }

    /// <summary>Leases that ended in a death.</summary>
    public int Deaths { get; init; }

    /// <summary>Parts stored.</summary>
    public int Parts { get; init; }

    /// <summary>Fencing token: only the newest lease counts.</summary>
    public long Token { get; init; }

    /// <summary>Seconds since the Unix epoch.</summary>
    public double Created { get; init; }

    /// <summary>When it was first leased.</summary>
    public double? Started { get; init; }

    /// <summary>When it ended.</summary>
    public double? Finished { get; init; }
}
