namespace Dashboard.Contracts;

/// <summary>Phases of a run in the order logged.</summary>
public sealed record PhasesView(IReadOnlyList<PhaseView> Items);
