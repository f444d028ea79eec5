using System.Globalization;

namespace Dashboard.Storage;

/// <summary>Checks the files of artifacts against their rows. Files may come and go while it looks: what seems wrong is looked up again before it is told.</summary>
internal sealed class ArtifactCheck(string folder, string database, VerifyLog log, CancellationToken cancellation)
{
    /// <summary>Reads every file that a row names, then looks for files that none names.</summary>
    public void Run(IReadOnlyList<(string Sha256, long Size)> named)
    {
        long size = 0;
        var total = named.Sum(one => one.Size);
        foreach (var (sha256, length) in named)
        {
            if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
                Tell(sha256, "its row names a file that cannot be");
            else
                Check(sha256, length);
            log.At("artifacts", size += length, total, "bytes");
        }

        var orphans = Orphans(named.Select(one => one.Sha256).ToHashSet(StringComparer.Ordinal)).ToList();
        foreach (var (path, bytes) in orphans) log.Note(string.Create(CultureInfo.InvariantCulture, $"{path} ({bytes:n0} bytes) belongs to no artifact"));
    }

    private void Check(string sha256, long length)
    {
        var relative = $"artifacts/{sha256[..2]}/{sha256}";
        try
        {
            var (size, found) = HashedFiles.Read(Path.Combine(folder, relative), cancellation);
            log.Bytes += size;
            if (found != sha256) Tell(sha256, "its content is not what was uploaded (the checksum differs)", relative);
            else if (size != length) Tell(sha256, string.Create(CultureInfo.InvariantCulture, $"it has {size:n0} bytes, and its row says {length:n0}"), relative);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            Tell(sha256, "its file is missing", relative);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Tell(sha256, $"its file cannot be read ({failure.Message})", relative);
        }
    }

    // Deleted since the list was read: then no row says so any more, and nothing is wrong.
    private void Tell(string sha256, string fault, string? file = null)
    {
        using var connection = DatabaseSnapshot.OpenReadOnly(database);
        using var select = new Statement(connection,
            """
            SELECT a."Name", a."Type", a."Step", p."Name", r."Name", r."Id" FROM "artifacts" a JOIN "runs" r ON r."Key" = a."RunKey" JOIN "projects" p ON p."Key" = r."ProjectKey"
            WHERE a."Sha256" = $1 ORDER BY a."Key"
            """, 1);
        using var rows = select.Read(sha256);
        while (rows.Read())
        {
            long? step = rows.IsDBNull(2) ? null : rows.GetInt64(2);
            log.Add(new FolderDamage("artifact", $"{rows.GetString(1)} '{rows.GetString(0)}': {fault}")
            {
                Project = rows.GetString(3),
                Run = rows.GetString(4),
                RunId = rows.GetString(5),
                FirstStep = step,
                LastStep = step,
                File = file,
            });
        }
    }

    private List<(string Path, long Size)> Orphans(HashSet<string> named)
    {
        var found = new List<(string, long)>();
        var artifacts = Path.Combine(folder, "artifacts");
        if (!Directory.Exists(artifacts)) return found;
        using var connection = DatabaseSnapshot.OpenReadOnly(database);
        using var select = new Statement(connection, """SELECT 1 FROM "artifacts" WHERE "Sha256" = $1 LIMIT 1""", 1);
        foreach (var below in Directory.EnumerateDirectories(artifacts))
        {
            foreach (var path in Directory.EnumerateFiles(below))
            {
                if (named.Contains(Path.GetFileName(path)) || select.Scalar(Path.GetFileName(path)) is not null) continue;
                var file = new FileInfo(path);
                if (file.Exists) found.Add((Path.GetRelativePath(folder, path), file.Length));
            }
        }

        return found;
    }
}
