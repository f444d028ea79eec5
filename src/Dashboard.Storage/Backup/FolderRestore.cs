using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Makes a data folder of a backup.</summary>
public static class FolderRestore
{
    // Room for the log and what a first start writes.
    private const long Spare = 64L << 20;
    private const int MostNamed = 1000;

    /// <summary>
    /// Restores a backup into a new folder, which appears only when every file in it has the checksum that the backup's description names, and the database is sound. Blocks until it is on
    /// the disk.
    /// </summary>
    /// <param name="from">The backup's folder.</param>
    /// <param name="data">The data folder to make; must not exist yet, or be empty.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    /// <exception cref="BackupRefusedException">It cannot be done as asked; the message says why.</exception>
    /// <exception cref="BackupDamagedException">Files of the backup are damaged or missing; each is named, and nothing was restored.</exception>
    public static BackupManifest Run(string from, string data, Action<FolderProgress>? progress = null, CancellationToken cancellation = default)
    {
        from = Path.GetFullPath(from);
        var manifest = BackupManifest.Read(from);
        if (!SchemaUpgrade.Knows(manifest.Schema))
            throw new BackupRefusedException($"The backup was made by a later version (schema {manifest.Schema}): restore it with that one.");
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))) ?? data;
        Directory.CreateDirectory(parent);
        if (new DriveInfo(parent).AvailableFreeSpace is var free && free < manifest.Size + Spare)
            throw new BackupRefusedException($"The backup holds {manifest.Size >> 20} MiB, and the disk of {parent} has {free >> 20} MiB free.");
        using var folder = new UnfinishedFolder(data);
        Copy(from, manifest, folder, progress, cancellation);
        progress?.Invoke(new FolderProgress("checking the database", 0, 0, ""));
        try
        {
            Check(folder.Path, manifest);
        }
        catch (SqliteException failure)
        {
            throw new BackupDamagedException([$"lossboard.db: {failure.Message}"]);
        }

        progress?.Invoke(new FolderProgress("writing to the disk", 0, 0, ""));
        folder.Finish();
        return manifest;
    }

    // What is copied is what was hashed, so no file can change between the two.
    private static void Copy(string from, BackupManifest manifest, UnfinishedFolder folder, Action<FolderProgress>? progress, CancellationToken cancellation)
    {
        var damage = new List<string>();
        var lost = 0;
        long done = 0;
        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Fault(from, file, folder.Place(file.Path), cancellation) is { } fault && ++lost <= MostNamed) damage.Add($"{file.Path}: {fault}");
            done += file.Size;
            progress?.Invoke(new FolderProgress("files", done >> 20, manifest.Size >> 20, "MiB"));
        }

        if (lost > MostNamed) damage.Add($"and {lost - MostNamed} more");
        if (lost > 0) throw new BackupDamagedException(damage);
    }

    private static string? Fault(string from, BackupFile file, string place, CancellationToken cancellation)
    {
        try
        {
            var (size, sha256) = HashedFiles.CopyReading(Path.Combine(from, file.Path), place, cancellation);
            if (size != file.Size) return $"it has {size} bytes instead of {file.Size}";
            return sha256 == file.Sha256 ? null : "its content is not what was backed up (the checksum differs)";
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return "it is missing";
        }
        catch (IOException failure) when (!Full(failure))
        {
            return $"it cannot be read ({failure.Message})";
        }
        catch (UnauthorizedAccessException failure)
        {
            return $"it cannot be read ({failure.Message})";
        }
    }

    private static bool Full(IOException failure) => failure.HResult == 28;

    private static void Check(string folder, BackupManifest manifest)
    {
        using var connection = DatabaseSnapshot.OpenReadOnly(Path.Combine(folder, "lossboard.db"));
        using (var check = new Statement(connection, "PRAGMA quick_check(1)", 0))
        {
            if (check.Scalar() as string is { } said and not "ok") throw new BackupDamagedException([$"lossboard.db: {said}"]);
        }

        var counts = DatabaseSnapshot.Count(connection);
        if (counts != manifest.Counts) throw new BackupDamagedException([$"lossboard.db: it holds {counts}, and the backup's description says {manifest.Counts}"]);
        var lost = manifest.Missing.ToHashSet(StringComparer.Ordinal);
        var absent = DatabaseSnapshot.Artifacts(connection).Select(one => one.Sha256)
            .Where(sha256 => !lost.Contains(sha256) && !File.Exists(Path.Combine(folder, "artifacts", sha256[..2], sha256))).ToList();
        if (absent.Count > 0) throw new BackupDamagedException([.. absent.Take(MostNamed).Select(sha256 => $"artifacts/{sha256[..2]}/{sha256}: the database names it, and the backup does not hold it")]);
    }
}
