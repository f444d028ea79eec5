namespace Dashboard.Storage;

/// <summary>Where a job stands. Stored as numbers.</summary>
public enum JobStatus
{
    /// <summary>Waits for a worker.</summary>
    Queued = 0,

    /// <summary>A worker has it.</summary>
    Running = 1,

    /// <summary>Its result is there.</summary>
    Succeeded = 2,

    /// <summary>It ended without a result.</summary>
    Failed = 3,

    /// <summary>A person stopped it.</summary>
    Cancelled = 4,
}
