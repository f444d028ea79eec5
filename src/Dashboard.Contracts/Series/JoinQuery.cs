namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/scalars/join</c>: one scalar series of each run against another, by equal steps.</summary>
public sealed record JoinQuery
{
    /// <summary>Runs to read.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Tag whose values are x.</summary>
    public string? X { get; init; }
    /// <summary>Tag whose values are y.</summary>
    public string? Y { get; init; }
    /// <summary>Pairs a run at the most, spread evenly over all; 1,000 where absent.</summary>
    public int? Points { get; init; }
    /// <summary>Whether a line is fitted to each run's pairs, all of them; true where absent.</summary>
    public bool? Fit { get; init; }
    /// <summary>Fit to the logarithm (base 10) of x, leaving out pairs without one; false where absent.</summary>
    public bool? LogX { get; init; }
    /// <summary>The same of y.</summary>
    public bool? LogY { get; init; }
    /// <summary>First step of the window.</summary>
    public long? FromStep { get; init; }
    /// <summary>Last step of the window.</summary>
    public long? ToStep { get; init; }
}
