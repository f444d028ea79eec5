namespace Dashboard.Analysis;

/// <summary>A named span of wall time.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Started">Seconds since the Unix epoch.</param>
/// <param name="Ended">Seconds since the Unix epoch, not before <paramref name="Started"/>.</param>
public readonly record struct PhaseSpan(string Name, double Started, double Ended);
