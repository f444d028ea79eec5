namespace Dashboard.Analysis;

/// <summary>How a mixture is fitted.</summary>
public sealed record MixtureOptions
{
    /// <summary>Normal distributions, 1 or more.</summary>
    public int Components { get; init; } = 1;

    /// <summary>Times it starts anew; the best result counts.</summary>
    public int Starts { get; init; } = 4;

    /// <summary>Rounds of a start at the most.</summary>
    public int Iterations { get; init; } = 300;

    /// <summary>Ends a start when the log-likelihood of a point grows by less.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Added to the diagonal of each covariance, as a share of the mean variance of the points: a component that sits on one point would otherwise be infinitely likely.</summary>
    public double Floor { get; init; } = 1e-4;

    /// <summary>Draws the first centres.</summary>
    public ulong Seed { get; init; }

    /// <summary>Stops it between two rounds.</summary>
    public CancellationToken Cancellation { get; init; }
}
