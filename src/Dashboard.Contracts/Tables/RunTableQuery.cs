namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/runs/table</c>: which runs, in which order, with which values.</summary>
public sealed record RunTableQuery
{
    /// <summary>Project name.</summary>
    public string? Project { get; init; }
    /// <summary>Run query; absent, null or blank for all runs.</summary>
    public string? Query { get; init; }
    /// <summary><c>live</c>, <c>archived</c> or <c>trash</c>; <c>live</c> where absent.</summary>
    public string? State { get; init; }
    /// <summary>Sort keys, the first the strongest; newest first where absent.</summary>
    public IReadOnlyList<RunTableSort>? Sort { get; init; }
    /// <summary>Values to give of each run, as the query language writes them: <c>config.lr</c>, <c>summary("val/loss").min</c>.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
    /// <summary>Runs to pass over.</summary>
    public int? Offset { get; init; }
    /// <summary>Runs to give at the most.</summary>
    public int? Limit { get; init; }
}
