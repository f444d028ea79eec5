using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Makes a backup of a data folder, which a server may be using.</summary>
/// <param name="clock">Dates the backup.</param>
public sealed class FolderBackup(TimeProvider clock)
{
    // A file that goes missing between a snapshot and its copy belongs to an artifact that was deleted meanwhile: the next snapshot does not name it.
    private const int Snapshots = 3;

    private static readonly string[] Left = ["lock", "lossboard.db", "lossboard.db-wal", "lossboard.db-shm", "lossboard.db-journal", "artifacts", "cache", "logs", UnfinishedFolder.Marker];

    /// <summary>For tests: runs after each snapshot of the database.</summary>
    internal Action? SnapshotTaken { get; init; }

    /// <summary>Backs up <paramref name="data"/> into a new folder. Blocks until it is on the disk.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="to">Where to; must not exist yet, or be empty. Artifacts that the newest backup beside it holds are linked to it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    /// <exception cref="BackupRefusedException">It cannot be made; the message says why.</exception>
    /// <exception cref="IOException">The disk said no; nothing is left behind.</exception>
    public BackupManifest Run(string data, string to, Action<FolderProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            return Make(data, to, progress, cancellation);
        }
        catch (SqliteException failure)
        {
            throw new BackupRefusedException($"The database could not be copied: {failure.Message} (lossboard verify says whether it is sound.)", failure);
        }
    }

    /// <summary>The newest whole backup in a folder of backups, or null.</summary>
    public static string? Newest(string folder) => All(folder) is [var newest, ..] ? newest : null;

    /// <summary>Whole backups in a folder of backups, the newest first.</summary>
    public static IReadOnlyList<string> All(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateDirectories(folder)
            .Select(one => (Path: one, Manifest: one.EndsWith(".unfinished", StringComparison.Ordinal) ? null : BackupManifest.TryRead(one)))
            .Where(one => one.Manifest is not null)
            .OrderByDescending(one => one.Manifest!.Created)
            .Select(one => one.Path)];

    private BackupManifest Make(string data, string to, Action<FolderProgress>? progress, CancellationToken cancellation)
    {
        data = Path.GetFullPath(data);
        to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (IsWithin(to, data) || IsWithin(data, to)) throw new BackupRefusedException($"{to} and the data folder {data} must lie apart.");
        var database = Path.Combine(data, "lossboard.db");
        IReadOnlyList<(string, long)> artifacts;
        using (var connection = DatabaseSnapshot.OpenReadOnly(database)) artifacts = DatabaseSnapshot.Artifacts(connection);
        var earlier = Newest(Path.GetDirectoryName(to) ?? to);
        Directory.CreateDirectory(Path.GetDirectoryName(to) ?? to);

        using var backup = new UnfinishedFolder(to);
        var vault = new ArtifactVault(data, backup, earlier);
        // Most files are held before the snapshot: what is deleted from now on is in the backup already.
        vault.Hold(artifacts, progress, cancellation);
        var copy = backup.Place("lossboard.db");
        var (manifest, missing) = Snapshot(database, copy, vault, progress, cancellation);
        var files = new List<BackupFile> { Describe(backup.Path, "lossboard.db", cancellation) };
        files.AddRange(vault.Files);
        foreach (var relative in Others(data))
        {
            cancellation.ThrowIfCancellationRequested();
            var (size, sha256) = HashedFiles.Copy(Path.Combine(data, relative), backup.Place(relative), cancellation);
            files.Add(new BackupFile(relative, size, sha256));
        }

        progress?.Invoke(new FolderProgress("writing to the disk", 0, 0, ""));
        // The description last: where it is, everything that it names is on the disk.
        FolderSync.FlushAll(backup.Path);
        manifest = manifest with { Files = files, Missing = missing, Damaged = [.. vault.Damaged] };
        manifest.Write(backup.Path);
        backup.Finish();
        return manifest;
    }

    private (BackupManifest Manifest, IReadOnlyList<string> Missing) Snapshot(
        string database, string copy, ArtifactVault vault, Action<FolderProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<string> before = [];
        for (var turn = 1; ; turn++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(new FolderProgress("database", 0, 0, ""));
            File.Delete(copy);
            DatabaseSnapshot.Take(database, copy);
            SnapshotTaken?.Invoke();
            using var snapshot = DatabaseSnapshot.OpenReadOnly(copy);
            var named = DatabaseSnapshot.Artifacts(snapshot);
            var missing = vault.Hold(named, progress, cancellation);
            // Named twice and missing both times: the folder itself has lost it, and what is left is worth saving.
            if (missing.Count > 0 && turn < Snapshots && !missing.SequenceEqual(before))
            {
                before = missing;
                continue;
            }

            vault.Keep(named.Select(one => one.Sha256));
            var schema = DatabaseSnapshot.Schema(snapshot) ?? throw new BackupRefusedException($"{database} is not a database of Lossboard.");
            var created = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            return (new BackupManifest(BackupManifest.CurrentFormat, created, schema, DatabaseSnapshot.LastSeq(snapshot), DatabaseSnapshot.Count(snapshot), [], [], []), missing);
        }
    }

    private static BackupFile Describe(string folder, string relative, CancellationToken cancellation)
    {
        var (size, sha256) = HashedFiles.Read(Path.Combine(folder, relative), cancellation);
        return new BackupFile(relative, size, sha256);
    }

    // Keys, settings, whatever else belongs to the folder. Links are left out: what they lead to is not the folder's.
    private static IEnumerable<string> Others(string data)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(data, "*", options)
            .Select(path => Path.GetRelativePath(data, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !Left.Contains(path.Split('/')[0]))
            .Order(StringComparer.Ordinal);
    }

    private static bool IsWithin(string path, string folder) => path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
