namespace Dashboard.Contracts;

/// <summary>Body of <c>PATCH /api/v1/runs/{run_id}/checkpoints/{id}</c>.</summary>
public sealed record PatchCheckpointRequest
{
    /// <summary>True where the checkpoint stays, whatever the retention rules say.</summary>
    public bool? Kept { get; init; }
}
