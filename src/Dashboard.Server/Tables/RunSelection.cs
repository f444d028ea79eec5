namespace Dashboard.Server;

/// <summary>The runs a query found, in order.</summary>
/// <param name="Rows">The runs of the state asked for, and their values.</param>
/// <param name="Matched">Row numbers of those found.</param>
internal sealed record RunSelection(RunRows Rows, int[] Matched);
