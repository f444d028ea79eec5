namespace Dashboard.Contracts;

/// <summary>Densities fitted to weighted points of a plane.</summary>
public sealed record MonteCarloFit
{
    /// <summary>One normal distribution.</summary>
    public required NormalView Gaussian { get; init; }
    /// <summary>The mixture of one to four that the BIC likes best, the heaviest first.</summary>
    public required IReadOnlyList<NormalView> Mixture { get; init; }
    /// <summary>Bayesian information criterion of 1, 2, … components, lower is better; as many as the effective samples allow.</summary>
    public required IReadOnlyList<double> Bic { get; init; }
}
