namespace Dashboard.Server;

/// <summary>One entry of an archive as the manifest lists it.</summary>
/// <param name="Name">Its name within the archive.</param>
/// <param name="Size">Bytes, unpacked.</param>
/// <param name="Sha256">Hash of these bytes, lower-case hex.</param>
internal sealed record ArchiveEntry(string Name, long Size, string Sha256);
