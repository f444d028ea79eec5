using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>PATCH /api/v1/runs/{run_id}</c>. A field that is absent or null leaves the run's as it is.</summary>
public sealed record PatchRunRequest
{
    /// <summary>New name within the project.</summary>
    public string? Name { get; init; }
    /// <summary>Whole configuration, a JSON object.</summary>
    public JsonElement? Config { get; init; }
    /// <summary>Whole list of labels.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Group of runs that belong together; the empty text clears it.</summary>
    public string? Group { get; init; }
    /// <summary>Name or id of the run this one came from; the empty text clears it.</summary>
    public string? Parent { get; init; }
    /// <summary>Free text.</summary>
    public string? Notes { get; init; }
    /// <summary><c>running</c>, <c>finished</c> or <c>failed</c>.</summary>
    public string? Status { get; init; }
    /// <summary>Slot of the palette, 0 to 8; −1 goes back to the automatic colour.</summary>
    public int? Color { get; init; }
    /// <summary>True archives the run, false takes it out of the archive.</summary>
    public bool? Archived { get; init; }
    /// <summary>What the edit began from; where the run differs, it is refused.</summary>
    public RunBaseView? Base { get; init; }
    /// <summary>True puts the run in the trash, false takes it out.</summary>
    public bool? Trashed { get; init; }
}
