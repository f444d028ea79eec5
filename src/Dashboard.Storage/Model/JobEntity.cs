namespace Dashboard.Storage;

internal sealed class JobEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }
    public long ProjectKey { get; set; }
    public ProjectEntity? Project { get; set; }
    public required string Kind { get; set; }
    public required string Name { get; set; }

    /// <summary>A JSON object.</summary>
    public required string Spec { get; set; }

    /// <summary>What the spec asks to be computed on, so that a lane finds its jobs without reading specs.</summary>
    public required string Device { get; set; }

    /// <summary>Hash of what is computed and from what; null for kinds whose results are not shared.</summary>
    public string? Content { get; set; }
    public JobStatus Status { get; set; }
    public double Progress { get; set; }
    public string? Message { get; set; }
    public string? Backend { get; set; }
    public string? Error { get; set; }
    public string? ErrorCode { get; set; }
    public string? Worker { get; set; }
    public int Deaths { get; set; }

    /// <summary>Parts stored.</summary>
    public int Parts { get; set; }

    /// <summary>Fencing token: rises with every lease, and with whatever ends one.</summary>
    public long Token { get; set; }
    public double Created { get; set; }
    public double? Started { get; set; }
    public double? Finished { get; set; }
}
