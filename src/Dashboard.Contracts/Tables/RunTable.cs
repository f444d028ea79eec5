using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/runs/table</c>.</summary>
public sealed record RunTable
{
    /// <summary>Commit that the answer is not older than; subscribe with it as <c>after_seq</c>.</summary>
    public required long Seq { get; init; }
    /// <summary>Runs of the project in the state asked for.</summary>
    public required int Total { get; init; }
    /// <summary>Of these, how many the query finds.</summary>
    public required int Matched { get; init; }
    /// <summary>Runs passed over.</summary>
    public required int Offset { get; init; }
    /// <summary>The runs, in order.</summary>
    public required IReadOnlyList<RunTableRow> Runs { get; init; }
    /// <summary>By column as it was asked for: one value a run, a number (NaN and infinities as text), text, boolean or list of texts; null where the run has none.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Columns { get; init; }
}
