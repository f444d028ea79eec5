namespace Dashboard.Contracts;

/// <summary>A project and what it holds; times in seconds since the Unix epoch.</summary>
public sealed record ProjectView(string Name, double Created, double Updated, int Runs, int Running)
{
    /// <summary>True where whoever asks may manage the project: export it, say.</summary>
    public bool Managed { get; init; }
}
