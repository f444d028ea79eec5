namespace Dashboard.Storage;

/// <summary>What a check of a data folder found.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Schema">The newest migration of its database.</param>
/// <param name="LastSeq">Number of its last commit.</param>
/// <param name="Counts">What it holds.</param>
/// <param name="Chunks">Chunks that were read.</param>
/// <param name="Bytes">Bytes that were read of chunks, records, results and artifacts.</param>
/// <param name="DamageCount">How much is damaged.</param>
/// <param name="Damage">The first 10,000 of it.</param>
/// <param name="Notes">What is no damage and good to know: files that nothing names, for instance.</param>
public sealed record FolderReport(
    string Folder, string Schema, long LastSeq, FolderCounts Counts, long Chunks, long Bytes, long DamageCount, IReadOnlyList<FolderDamage> Damage, IReadOnlyList<string> Notes);
