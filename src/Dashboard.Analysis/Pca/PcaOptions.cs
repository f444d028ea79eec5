namespace Dashboard.Analysis;

/// <summary>How principal components are found.</summary>
public sealed record PcaOptions
{
    /// <summary>Seed of <see cref="PcaSolver.Randomized"/>; the exact solvers draw nothing.</summary>
    public ulong Seed { get; init; }

    /// <summary>A solver by name; left out, the cheapest exact one that fits, and otherwise the randomised one.</summary>
    public PcaSolver? Solver { get; init; }
}
