namespace Dashboard.Contracts;

/// <summary>Time by phase.</summary>
/// <param name="Shares">By name, in the order in which they first began.</param>
/// <param name="Covered">Seconds that any phase covers.</param>
/// <param name="Uncovered">Seconds between start and end that none covers.</param>
/// <param name="Gaps">The longest stretches that none covers, as wall times, the longest first.</param>
public sealed record PhaseTotalsView(IReadOnlyList<PhaseShareView> Shares, double Covered, double Uncovered, IReadOnlyList<PhaseView> Gaps);
