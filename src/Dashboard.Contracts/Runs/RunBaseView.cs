namespace Dashboard.Contracts;

/// <summary>What an edit of a run began from. Where the run differs in a field that is given, the change is refused with 409 <c>run_changed</c>.</summary>
public sealed record RunBaseView
{
    /// <summary>Name as the editor saw it.</summary>
    public string? Name { get; init; }
    /// <summary>Group as the editor saw it; the empty text for none.</summary>
    public string? Group { get; init; }
    /// <summary>Labels as the editor saw them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Notes as the editor saw them.</summary>
    public string? Notes { get; init; }
}
