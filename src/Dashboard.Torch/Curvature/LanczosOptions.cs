namespace Dashboard.Torch;

/// <summary>How far a Lanczos run goes.</summary>
public sealed record LanczosOptions
{
    /// <summary>Products at the most.</summary>
    public int MaxSteps { get; init; } = 200;

    /// <summary>It ends when each wanted eigenvalue's residual is below this share of the largest magnitude found. Products in float32 are good to about 1e-6.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Chooses the starting vector.</summary>
    public ulong Seed { get; init; }

    /// <summary>Memory for the basis, which holds a vector of every step: a run on a large model takes fewer steps rather than more than this.</summary>
    public long MaxBasisBytes { get; init; } = 4L << 30;
}
