namespace Dashboard.Contracts;

/// <summary>A scalar tag of a project's runs.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Runs">Runs that have it.</param>
public sealed record MetricField(string Tag, int Runs);
