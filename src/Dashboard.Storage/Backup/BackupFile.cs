namespace Dashboard.Storage;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Below the backup's folder, with <c>/</c> between names.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hash of its content, lower-case hex.</param>
public sealed record BackupFile(string Path, long Size, string Sha256);
