namespace Dashboard.Contracts;

/// <summary>A named span of time, in seconds since the Unix epoch.</summary>
public sealed record PhaseView(string Name, double Started, double Ended);
