namespace Dashboard.Storage;

/// <summary>Brings the files of artifacts into a backup, each once: linked to an earlier backup that holds the same content, else copied.</summary>
/// <remarks>
/// A file of the data folder itself is never linked: a backup that shares its bytes with what it is to save would rot with it. Backups do share files
/// with each other; each link is hashed before it is trusted.
/// </remarks>
internal sealed class ArtifactVault(string data, UnfinishedFolder backup, string? earlier)
{
    private readonly SortedDictionary<string, BackupFile> _held = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _damaged = new(StringComparer.Ordinal);

    /// <summary>Files that are in the backup.</summary>
    public IReadOnlyCollection<BackupFile> Files => _held.Values;

    /// <summary>Hashes of those that hold something else.</summary>
    public IReadOnlyCollection<string> Damaged => _damaged;

    /// <summary>Bytes that were linked rather than copied.</summary>
    public long Linked { get; private set; }

    /// <summary>Holds what is not held yet. Answers the hashes whose files the data folder does not have.</summary>
    public IReadOnlyList<string> Hold(IReadOnlyList<(string Sha256, long Size)> wanted, Action<FolderProgress>? progress, CancellationToken cancellation)
    {
        var missing = new List<string>();
        var done = 0;
        foreach (var (sha256, size) in wanted)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_held.ContainsKey(sha256) && !TryHold(sha256, size, cancellation)) missing.Add(sha256);
            progress?.Invoke(new FolderProgress("artifacts", ++done, wanted.Count, "files"));
        }

        return missing;
    }

    /// <summary>Lets go of what the database does not name: artifacts that were deleted while the backup ran.</summary>
    public void Keep(IEnumerable<string> named)
    {
        var keep = named.ToHashSet(StringComparer.Ordinal);
        foreach (var sha256 in _held.Keys.Where(one => !keep.Contains(one)).ToList())
        {
            File.Delete(Path.Combine(backup.Path, _held[sha256].Path));
            _held.Remove(sha256);
            _damaged.Remove(sha256);
        }
    }

    private bool TryHold(string sha256, long size, CancellationToken cancellation)
    {
        var relative = $"artifacts/{sha256[..2]}/{sha256}";
        var place = backup.Place(relative);
        if (earlier is not null && TryLink(Path.Combine(earlier, relative), place, sha256, size, cancellation))
        {
            _held[sha256] = new BackupFile(relative, size, sha256);
            return true;
        }

        try
        {
            var (copied, found) = HashedFiles.Copy(Path.Combine(data, relative), place, cancellation);
            _held[sha256] = new BackupFile(relative, copied, found);
            if (found != sha256) _damaged.Add(sha256);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private bool TryLink(string path, string place, string sha256, long size, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != size || HashedFiles.Read(path, cancellation).Sha256 != sha256 || !FolderSync.TryLink(path, place)) return false;
        Linked += size;
        return true;
    }
}
