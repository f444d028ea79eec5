namespace Dashboard.Analysis;

/// <summary>How clusters are found.</summary>
public sealed record KMeansOptions
{
    /// <summary>Clusters, from 1 to the number of vectors.</summary>
    public required int Clusters { get; init; }

    /// <summary>Times it starts anew; the best result counts.</summary>
    public int Starts { get; init; } = 4;

    /// <summary>Rounds of a start at the most.</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>Ends a start when the centres together move by less than this share of the mean variance of the columns (scikit-learn's).</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Draws the first centres.</summary>
    public ulong Seed { get; init; }
}
