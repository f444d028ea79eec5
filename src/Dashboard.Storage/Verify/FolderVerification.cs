using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Checks a data folder without changing it, also while a server uses it: everything that is stored is read once, one piece at a time.</summary>
public sealed class FolderVerification
{
    // Of a database whose structure is broken, the first lines say where; the rest follows from them.
    private const int MostStructural = 100;

    /// <summary>What is wrong with the form of a record's payload, or null; the store itself knows no forms.</summary>
    public Func<RecordKind, byte[], string?>? RecordFault { get; init; }

    /// <summary>Opens the bytes of a job's result into JSON; throws <see cref="InvalidDataException"/> where they are none. Null where they are JSON as they are.</summary>
    public Func<byte[], byte[]>? OpenResult { get; init; }

    /// <summary>Checks everything. Blocks until it is done; memory does not depend on how much there is.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BackupRefusedException">The folder cannot be read, or another version wrote it.</exception>
    public FolderReport Run(string data, Action<FolderProgress>? progress = null, CancellationToken cancellation = default)
    {
        data = Path.GetFullPath(data);
        var database = Path.Combine(data, "lossboard.db");
        var log = new VerifyLog(progress, cancellation);
        string schema;
        long seq;
        FolderCounts counts;
        IReadOnlyList<(string, long)> artifacts;
        using (var connection = DatabaseSnapshot.OpenReadOnly(database))
        {
            // One moment of the database, whoever writes meanwhile.
            StoreDatabase.Run(connection, "BEGIN");
            try
            {
                schema = RequireSchema(connection, database);
                Structure(connection, log);
                (seq, counts) = (DatabaseSnapshot.LastSeq(connection), DatabaseSnapshot.Count(connection));
                Contents(connection, log, counts.Series);
                artifacts = DatabaseSnapshot.Artifacts(connection);
            }
            catch (SqliteException failure)
            {
                throw new BackupRefusedException($"{database} cannot be read to its end: {failure.Message}{Listed(log)}", failure);
            }
        }

        new ArtifactCheck(data, database, log, cancellation).Run(artifacts);
        return new FolderReport(data, schema, seq, counts, log.Chunks, log.Bytes, log.DamageCount, log.Damage, log.Notes);
    }

    private static string RequireSchema(SqliteConnection connection, string database)
    {
        var schema = DatabaseSnapshot.Schema(connection) ?? throw new BackupRefusedException($"{database} is not a database of Lossboard.");
        if (!SchemaUpgrade.Knows(schema)) throw new BackupRefusedException($"{database} was written by a later version (schema {schema}): check it with that one.");
        return schema == SchemaUpgrade.Newest
            ? schema
            : throw new BackupRefusedException($"{database} was written by an earlier version (schema {schema}): check it with that one, or start this version on it once, which upgrades it.");
    }

    private static void Structure(SqliteConnection connection, VerifyLog log)
    {
        log.At("structure of the database", 0, 0, "");
        using (var check = new Statement(connection, $"PRAGMA integrity_check({MostStructural})", 0))
        using (var rows = check.Read())
        {
            while (rows.Read())
            {
                if (rows.GetString(0) != "ok") log.Add(new FolderDamage("database", rows.GetString(0)));
            }
        }

        using var keys = new Statement(connection, "PRAGMA foreign_key_check", 0);
        using var broken = keys.Read();
        while (broken.Read()) log.Add(new FolderDamage("database", $"a row of {broken.GetString(0)} refers to a row of {broken.GetString(2)} that does not exist"));
    }

    private void Contents(SqliteConnection connection, VerifyLog log, long series)
    {
        var unsealed = InboxCheck.Run(connection, log);
        using (var chunks = new ChunkCheck(connection, log, unsealed)) chunks.Run(series);
        using (var records = new RecordCheck(connection, log, RecordFault)) records.Run(series);
        Unowned(connection, log);
        TextCheck.Run(connection, log, OpenResult);
    }

    // Points that no chunk names take room and are lost to their series, whose gap is told where it is.
    private static void Unowned(SqliteConnection connection, VerifyLog log)
    {
        using var select = new Statement(connection,
            """SELECT COUNT(*) FROM "chunk_data" WHERE "Key" NOT IN (SELECT "DataKey" FROM "chunks")""", 0);
        if (select.Scalar() is long count and > 0) log.Note($"{count} blocks of points in the database belong to no chunk");
    }

    private static string Listed(VerifyLog log) => log.DamageCount == 0 ? "" : "\n  " + string.Join("\n  ", log.Damage.Take(10).Select(one => one.Text));
}
