namespace Dashboard.Contracts;

/// <summary>What a diagnosis had to read.</summary>
/// <param name="Curves">Scalar series that some rule is about: losses, scores, gradients, dead units, learning rates; all of them where a rule of the project's own asks.</param>
/// <param name="Points">Points stored in them.</param>
/// <param name="Histograms">Series of histograms.</param>
/// <param name="Splits">Splits with label counts.</param>
/// <param name="Seconds">Seconds that the reading took.</param>
public sealed record ReadingView(int Curves, long Points, int Histograms, int Splits, double Seconds);
