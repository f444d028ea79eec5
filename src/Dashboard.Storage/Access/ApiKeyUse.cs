namespace Dashboard.Storage;

/// <summary>That a key was used.</summary>
/// <param name="Key">Its row.</param>
/// <param name="Time">When, in seconds since the Unix epoch.</param>
/// <param name="Address">Where from.</param>
public sealed record ApiKeyUse(long Key, double Time, string? Address);
