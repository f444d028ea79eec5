namespace Dashboard.Server;

/// <summary>What an export came to.</summary>
/// <param name="Content">Content checksum of the project.</param>
/// <param name="Counts">How much of each there is.</param>
/// <param name="Damaged">What could not be read and is not in the archive, a sentence each.</param>
internal sealed record ExportReport(string Content, ArchiveCounts Counts, IReadOnlyList<string> Damaged);
