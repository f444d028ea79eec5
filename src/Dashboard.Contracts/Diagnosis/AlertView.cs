namespace Dashboard.Contracts;

/// <summary>One message about findings of a run, sent or to be sent.</summary>
public sealed record AlertView
{
    /// <summary>Its id; the message carries it, so that a receiver can tell a repetition.</summary>
    public required string Id { get; init; }
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The run's name when the message was made.</summary>
    public required string Run { get; init; }
    /// <summary><c>webhook</c> or <c>email</c>.</summary>
    public required string Channel { get; init; }
    /// <summary><c>pending</c>, <c>sent</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }
    /// <summary>Times that it was tried.</summary>
    public required int Attempts { get; init; }
    /// <summary>When it was made, seconds since the Unix epoch.</summary>
    public required double Created { get; init; }
    /// <summary>When it was delivered or given up, or null.</summary>
    public double? Ended { get; init; }
    /// <summary>When it is tried next, or null.</summary>
    public double? Next { get; init; }
    /// <summary>Why the last try failed, or null.</summary>
    public string? Error { get; init; }
    /// <summary>What it tells.</summary>
    public required IReadOnlyList<AlertFinding> Findings { get; init; }
}
