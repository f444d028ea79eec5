namespace Dashboard.Contracts;

/// <summary>A worker that the server has heard of lately.</summary>
public sealed record WorkerView
{
    /// <summary>Id that the worker gave itself at its start.</summary>
    public required string Id { get; init; }
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }
    /// <summary>What each of its lanes computes on: <c>cpu</c>, <c>cuda:0</c>, ….</summary>
    public required IReadOnlyList<string> Lanes { get; init; }
    /// <summary>Library and version; null where there is none.</summary>
    public string? Engine { get; init; }
    /// <summary>Why it can compute nothing, or what makes it slow or unsafe, with the way out; null where all is well.</summary>
    public string? Problem { get; init; }
    /// <summary>Kinds of jobs that it takes.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }
    /// <summary>When it was last heard of, seconds since the Unix epoch.</summary>
    public double Seen { get; init; }
    /// <summary>Ids of the jobs it has.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }
}
