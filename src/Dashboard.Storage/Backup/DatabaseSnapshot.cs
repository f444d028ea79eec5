using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>One moment of a data folder's database as a file of its own, taken while a server may be writing.</summary>
/// <remarks>
/// The source is opened read-only: it never writes and never checkpoints, whoever else does (<see cref="StoreDatabase"/>). All pages are copied inside one read
/// transaction, so the copy is the database as of its last commit. Within a server's process the file itself must not be opened by other means: closing it would
/// release SQLite's locks.
/// </remarks>
internal static class DatabaseSnapshot
{
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;

    /// <summary>Copies the database into a new file, which has no log beside it.</summary>
    public static void Take(string database, string copy)
    {
        using (var source = OpenReadOnly(database))
        using (var target = Open(copy, SqliteOpenMode.ReadWriteCreate))
        {
            // Everything is synced once, when the folder is whole: what a crash leaves behind before is thrown away.
            StoreDatabase.Run(target, "PRAGMA journal_mode=OFF");
            StoreDatabase.Run(target, "PRAGMA synchronous=OFF");
            source.BackupDatabase(target);
        }

        using var written = Open(copy, SqliteOpenMode.ReadWrite);
        StoreDatabase.Run(written, "PRAGMA journal_mode=DELETE");
    }

    /// <summary>Opens a database that is only looked at.</summary>
    /// <exception cref="BackupRefusedException">There is none, or it cannot be opened.</exception>
    public static SqliteConnection OpenReadOnly(string database)
    {
        if (!File.Exists(database)) throw new BackupRefusedException($"There is no Lossboard data in {Path.GetDirectoryName(database)}: no {Path.GetFileName(database)}.");
        try
        {
            try
            {
                return Probed(database);
            }
            catch (SqliteException failure) when (failure.SqliteErrorCode is CannotOpen or ReadOnly && !HasLog(database))
            {
                // On a disk that is read-only nobody can be writing, nor can SQLite put its index beside the log, of which there is none.
                return Probed($"file:{Uri.EscapeDataString(database)}?immutable=1");
            }
        }
        catch (SqliteException failure)
        {
            throw new BackupRefusedException($"{database} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The newest migration, or null where there is none.</summary>
    public static string? Schema(SqliteConnection connection)
    {
        if (!HasTable(connection, "__EFMigrationsHistory")) return null;
        using var newest = new Statement(connection, """SELECT MAX("MigrationId") FROM "__EFMigrationsHistory" """, 0);
        return newest.Scalar() as string;
    }

    /// <summary>Number of the last commit.</summary>
    public static long LastSeq(SqliteConnection connection)
    {
        using var last = new Statement(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'inbox'", 0);
        return last.Scalar() is long seq ? seq : 0;
    }

    /// <summary>What the database holds.</summary>
    public static FolderCounts Count(SqliteConnection connection)
    {
        const string Live = """ "RunKey" IN (SELECT "Key" FROM "runs" WHERE "Removed" = 0)""";
        return new FolderCounts(
            Number("""SELECT COUNT(*) FROM "projects" """),
            Number("""SELECT COUNT(*) FROM "runs" WHERE "Removed" = 0"""),
            Number($"""SELECT COUNT(*) FROM "series" WHERE {Live}"""),
            Number($"""SELECT COALESCE(SUM("Count"), 0) FROM "series" WHERE "Kind" = 0 AND {Live}""") + InboxPoints(connection),
            Number($"""SELECT COALESCE(SUM("Count"), 0) FROM "series" WHERE "Kind" <> 0 AND {Live}"""),
            Number("""SELECT COUNT(*) FROM "artifacts" """),
            // The first schema has none.
            HasTable(connection, "jobs") ? Number("""SELECT COUNT(*) FROM "jobs" """) : 0);

        long Number(string sql)
        {
            using var select = new Statement(connection, sql, 0);
            return (long)select.Scalar()!;
        }
    }

    /// <summary>Hashes that artifacts name, each once, with the size of what they stand for.</summary>
    public static IReadOnlyList<(string Sha256, long Size)> Artifacts(SqliteConnection connection)
    {
        var found = new List<(string, long)>();
        using var select = new Statement(connection, """SELECT "Sha256", MAX("Size") FROM "artifacts" GROUP BY "Sha256" ORDER BY "Sha256" """, 0);
        using var rows = select.Read();
        while (rows.Read()) found.Add((rows.GetString(0), rows.GetInt64(1)));
        return found;
    }

    private static long InboxPoints(SqliteConnection connection)
    {
        using var select = new Statement(connection, """SELECT "Seq", "Data" FROM "inbox" ORDER BY "Seq" """, 0);
        using var find = new Statement(connection, """SELECT s."SealedSeq" FROM "series" s JOIN "runs" r ON r."Key" = s."RunKey" WHERE s."Key" = $1 AND r."Removed" = 0""", 1);
        var sealedUpTo = new Dictionary<long, long>();
        long points = 0;
        using var rows = select.Read();
        while (rows.Read())
        {
            try
            {
                foreach (var (key, block) in InboxCodec.Read((byte[])rows.GetValue(1)))
                {
                    if (!sealedUpTo.TryGetValue(key, out var seq)) sealedUpTo[key] = seq = find.Scalar(key) as long? ?? long.MaxValue;
                    if (rows.GetInt64(0) > seq) points += ChunkCodec.ReadCount(block.Span);
                }
            }
            catch (Exception damage) when (damage is InvalidDataException or ChunkDamagedException)
            {
                // Counted as far as it can be read; a check of the folder names it.
            }
        }

        return points;
    }

    private static SqliteConnection Probed(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadOnly);
        try
        {
            using var probe = new Statement(connection, "SELECT COUNT(*) FROM sqlite_master", 0);
            probe.Scalar();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool HasLog(string database) => new FileInfo(database + "-wal") is { Exists: true, Length: > 0 };

    private static bool HasTable(SqliteConnection connection, string name)
    {
        using var select = new Statement(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", 1);
        return select.Scalar(name) is not null;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }
}
