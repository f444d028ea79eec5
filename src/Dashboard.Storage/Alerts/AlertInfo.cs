namespace Dashboard.Storage;

/// <summary>One message about a run on its way to a receiver.</summary>
/// <param name="Id">Opaque id; the same in every try.</param>
/// <param name="Project">Project name.</param>
/// <param name="RunId">The run.</param>
/// <param name="Channel">How it goes; the store knows no more of it.</param>
/// <param name="BodyJson">What it tells, a JSON object text.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">Times that it was tried.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Next">When it is due, seconds since the Unix epoch; null once it ended.</param>
/// <param name="Ended">When it was delivered or given up, or null.</param>
/// <param name="Error">Why the last try failed, or null.</param>
public sealed record AlertInfo(
    string Id, string Project, string RunId, string Channel, string BodyJson, AlertStatus Status, int Attempts, double Created, double? Next, double? Ended, string? Error);
