using System.Text.Json;

namespace Dashboard.Storage;

/// <summary>What a backup holds: its file <c>backup.json</c>. It is written last, so a folder that has it is whole.</summary>
/// <param name="Format">Version of this description and of the folder's layout.</param>
/// <param name="Created">When it was made, seconds since the Unix epoch.</param>
/// <param name="Schema">The newest migration of the database.</param>
/// <param name="LastSeq">Number of the last commit in it.</param>
/// <param name="Counts">What the database holds.</param>
/// <param name="Files">Every file but this one, the database first.</param>
/// <param name="Missing">Hashes of artifacts that the database names and whose files the data folder had lost.</param>
/// <param name="Damaged">Hashes of artifacts whose files hold something else; they are in the backup as they were found.</param>
public sealed record BackupManifest(
    int Format, double Created, string Schema, long LastSeq, FolderCounts Counts,
    IReadOnlyList<BackupFile> Files, IReadOnlyList<string> Missing, IReadOnlyList<string> Damaged)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "backup.json";

    /// <summary>The version that this program writes, and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectRequiredConstructorParameters = true };

    /// <summary>Bytes of all files together.</summary>
    public long Size => Files.Sum(file => file.Size);

    /// <summary>Reads the description of a backup.</summary>
    /// <exception cref="BackupRefusedException">The folder is no whole backup, or a later version made it.</exception>
    public static BackupManifest Read(string folder)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(Path.Combine(folder, FileName)), Json)
                ?? throw new BackupRefusedException($"{Path.Combine(folder, FileName)} is empty.");
            if (manifest.Format is < 1 or > CurrentFormat)
                throw new BackupRefusedException($"The backup {folder} has format {manifest.Format}, which a later version wrote: restore it with that one.");
            return manifest.Files.All(file => IsBelow(file.Path))
                ? manifest
                : throw new BackupRefusedException($"{Path.Combine(folder, FileName)} names files outside the backup; it is not one that this program wrote.");
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackupRefusedException($"{folder} is no whole backup: it has no {FileName}, which is written last. Was the backup interrupted?", none);
        }
        catch (JsonException damage)
        {
            throw new BackupRefusedException($"{Path.Combine(folder, FileName)} is damaged: {damage.Message}", damage);
        }
    }

    /// <summary>The description of a backup, or null where the folder is none that can be read.</summary>
    public static BackupManifest? TryRead(string folder)
    {
        try
        {
            return Read(folder);
        }
        catch (Exception none) when (none is BackupRefusedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the file whole: a reader finds all of it or nothing.</summary>
    internal void Write(string folder)
    {
        var unfinished = Path.Combine(folder, FileName + ".part");
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, this, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Path.Combine(folder, FileName));
    }

    // A name from a file is not believed: it must stay below the folder.
    private static bool IsBelow(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && path.Split('/').All(part => part.Length > 0 && part is not ("." or "..")) && !path.Contains('\0', StringComparison.Ordinal);
}
