namespace Dashboard.Contracts;

/// <summary>Phases of a run in the order they started.</summary>
public sealed record PhasesView(IReadOnlyList<PhaseView> Items);
