namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/workers/lease</c>: a lane asks for a job. One request a lane at a time.</summary>
public sealed record LeaseRequest
{
    /// <summary>Id that the worker gave itself at its start; 1–100 characters.</summary>
    public string? WorkerId { get; init; }
    /// <summary>Its name, for people: the host's name.</summary>
    public string? Name { get; init; }
    /// <summary>What the lane computes on: <c>cpu</c>, <c>cuda:0</c>, ….</summary>
    public string? Lane { get; init; }
    /// <summary>All lanes of the worker.</summary>
    public IReadOnlyList<string>? Lanes { get; init; }
    /// <summary>Kinds of jobs it takes; empty where the worker only wants to tell its problem.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }
    /// <summary>Library and version; null where there is none.</summary>
    public string? Engine { get; init; }
    /// <summary>Why it can compute nothing, or what makes it slow or unsafe, with the way out.</summary>
    public string? Problem { get; init; }
    /// <summary>Seconds that the server may hold the request until there is a job; at most 30.</summary>
    public double? WaitSeconds { get; init; }
}
