namespace Dashboard.Contracts;

/// <summary>What a client of <c>/hubs/live</c> asks for.</summary>
public sealed record LiveSubscription
{
    /// <summary>Project whose runs are meant.</summary>
    public required string Project { get; init; }
    /// <summary>Runs to hear of; null for every run of the project, those to come included.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Tags whose points are wanted; null for all, empty for none (runs and new series only).</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Last commit the client has seen; null for what comes from now on.</summary>
    public long? AfterSeq { get; init; }
    /// <summary>Whether changes of the project's jobs are wanted.</summary>
    public bool? Jobs { get; init; }
}
