namespace Dashboard.Analysis;

/// <summary>A fitted mixture.</summary>
/// <param name="Components">The heaviest first.</param>
/// <param name="LogLikelihood">Of the points, each counting by its weight, the weights summing to the effective number of points.</param>
/// <param name="Bic">−2·log-likelihood + numbers·ln(effective points) [Schwarz 1978]: lower is better.</param>
/// <param name="Iterations">Rounds of the start that counts.</param>
/// <param name="Converged">Whether it came to rest before the rounds were over.</param>
public sealed record MixtureResult(IReadOnlyList<MixtureComponent> Components, double LogLikelihood, double Bic, int Iterations, bool Converged);
