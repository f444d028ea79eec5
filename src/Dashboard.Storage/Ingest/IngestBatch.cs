namespace Dashboard.Storage;

/// <summary>One request's worth of events for one run, decoded and validated: stored whole or not at all.</summary>
public sealed record IngestBatch
{
    /// <summary>Project name; created when first named.</summary>
    public required string Project { get; init; }

    /// <summary>Run name within the project; created when first named.</summary>
    public required string Run { get; init; }

    /// <summary>The caller's <c>Idempotency-Key</c>, or null. Keys belong to a run and live as long as it does.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the decoded body; required with a key, so that another body under the same key is told apart.</summary>
    public byte[]? BodyHash { get; init; }

    /// <summary>Scalar points, at most one block a tag, each in the order logged.</summary>
    public IReadOnlyList<ScalarBlock> Scalars { get; init; } = [];

    /// <summary>Everything that is not a scalar, in the order logged.</summary>
    public IReadOnlyList<RecordBlock> Records { get; init; } = [];
}
