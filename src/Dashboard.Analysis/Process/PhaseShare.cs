namespace Dashboard.Analysis;

/// <summary>What spans of one name add up to.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Seconds">Time that at least one of them covers.</param>
/// <param name="OwnSeconds">Of that, what no span that began later covers: of nested spans the innermost has the time, so that own times add up.</param>
/// <param name="Longest">Seconds of the longest.</param>
public sealed record PhaseShare(string Name, int Count, double Seconds, double OwnSeconds, double Longest);
