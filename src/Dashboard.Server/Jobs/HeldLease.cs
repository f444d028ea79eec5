namespace Dashboard.Server;

/// <summary>A lease that runs, and what its worker said since something was last stored.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Token">Fencing token.</param>
/// <param name="WorkerId">Who has it; empty where the server has been started since.</param>
internal sealed record HeldLease(string JobId, long Token, string WorkerId)
{
    /// <summary>When it was last renewed, by the clock's timestamps.</summary>
    public long Renewed { get; init; }
    /// <summary>Share that is done.</summary>
    public double? Progress { get; init; }
    /// <summary>What the worker does.</summary>
    public string? Message { get; init; }
    /// <summary>What it computes on.</summary>
    public string? Backend { get; init; }
    /// <summary>Seconds left.</summary>
    public double? SecondsLeft { get; init; }
    /// <summary>Ends when the lease does.</summary>
    public TaskCompletionSource Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
