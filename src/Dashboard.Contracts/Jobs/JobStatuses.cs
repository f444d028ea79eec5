namespace Dashboard.Contracts;

/// <summary>Where a job stands.</summary>
public static class JobStatuses
{
    /// <summary>Waits for a worker.</summary>
    public const string Queued = "queued";
    /// <summary>A worker has it.</summary>
    public const string Running = "running";
    /// <summary>Its result is there.</summary>
    public const string Succeeded = "succeeded";
    /// <summary>It ended without a result; <c>error</c> says why.</summary>
    public const string Failed = "failed";
    /// <summary>A person stopped it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Queued, Running, Succeeded, Failed, Cancelled];
}
