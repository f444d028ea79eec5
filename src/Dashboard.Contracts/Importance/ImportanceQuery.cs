namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/hyperparameters/importance</c>: which settings a metric hangs on.</summary>
public sealed record ImportanceQuery
{
    /// <summary>Project whose runs are looked at, those outside trash and archive.</summary>
    public string? Project { get; init; }
    /// <summary>Only runs that this query finds; absent or null for all.</summary>
    public string? Query { get; init; }
    /// <summary>Only these runs; absent or null for all.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>The number to explain, as the query language names it: <c>summary("val/loss").min</c>.</summary>
    public string? Metric { get; init; }
    /// <summary>Seed of the forest; 0 where absent.</summary>
    public long? Seed { get; init; }
}
