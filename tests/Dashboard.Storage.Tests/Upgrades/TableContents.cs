namespace Dashboard.Storage.Tests;

/// <summary>Rows of a table: how many, and one hash over the hashes of all, in the order of those.</summary>
internal sealed record TableContents(IReadOnlyList<string> Columns, long Count, string Sha256);
