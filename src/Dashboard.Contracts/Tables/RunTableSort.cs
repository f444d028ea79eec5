namespace Dashboard.Contracts;

/// <summary>One sort key of a table.</summary>
/// <param name="By">A value of the query language.</param>
/// <param name="Descending">Largest first. Runs without the value, or whose value is NaN, come last either way.</param>
public sealed record RunTableSort(string? By, bool Descending);
