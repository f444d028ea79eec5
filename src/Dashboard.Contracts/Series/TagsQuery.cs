namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/series/tags</c>: which tags some runs have.</summary>
public sealed record TagsQuery
{
    /// <summary>Runs to look at; ids of no run are passed over.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Kinds of series (<c>scalar</c>, <c>histogram</c>, <c>embedding</c>, <c>text</c>, <c>predictions</c>, <c>labels</c>, <c>phase</c>); absent or null for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }
}
