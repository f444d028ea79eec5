namespace Dashboard.Contracts;

/// <summary>What phases of one name add up to.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Seconds">Time that at least one of them covers.</param>
/// <param name="OwnSeconds">Of that, what belongs to no phase that began within: own times of all names add up.</param>
/// <param name="Longest">Seconds of the longest.</param>
public sealed record PhaseShareView(string Name, int Count, double Seconds, double OwnSeconds, double Longest);
