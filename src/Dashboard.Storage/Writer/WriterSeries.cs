using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Finds and makes series on the write path.</summary>
internal sealed class WriterSeries(WriterSession session, SqliteConnection connection) : IDisposable
{
    private readonly Statement _find = new(connection, $"""SELECT {SeriesRow.Columns} FROM "series" WHERE "RunKey" = $1 AND "Kind" = $2 AND "Tag" = $3""", 3);
    private readonly Statement _byKey = new(connection, $"""SELECT {SeriesRow.Columns} FROM "series" WHERE "Key" = $1""", 1);

    private readonly Statement _add = new(connection,
        """
        INSERT INTO "series" ("RunKey", "Tag", "Kind", "Count", "FirstStep", "LastStep", "LastBits", "SealedSeq") VALUES ($1, $2, $3, 0, 0, 0, 0, 0) RETURNING "Key"
        """, 3);

    public SeriesState Open(RunState run, RecordKind kind, string tag, out bool created)
    {
        created = false;
        if (run.Series.TryGetValue((kind, tag), out var state)) return state;
        using (var row = _find.Read(run.Key, (int)kind, tag))
        {
            if (row.Read()) return Keep(run, SeriesRow.Read(row));
        }

        created = true;
        var key = (long)_add.Scalar(run.Key, tag, (int)kind)!;
        return Keep(run, new SeriesRow(key, run.Key, kind, tag, SeriesTotals.Empty, 0));
    }

    /// <summary>The series of this key as far as its run still exists, for replaying the inbox.</summary>
    public SeriesState? Find(long key)
    {
        SeriesRow found;
        using (var row = _byKey.Read(key))
        {
            if (!row.Read()) return null;
            found = SeriesRow.Read(row);
        }

        if (session.Runs.Find(found.RunKey) is not { } run) return null;
        return run.Series.TryGetValue((found.Kind, found.Tag), out var state) ? state : Keep(run, found);
    }

    public void Dispose()
    {
        _find.Dispose();
        _byKey.Dispose();
        _add.Dispose();
    }

    private SeriesState Keep(RunState run, SeriesRow row)
    {
        var state = new SeriesState(row.Key, run, row.Kind, row.Tag, row.Totals, row.SealedSeq);
        run.Series[(row.Kind, row.Tag)] = state;
        session.OnDiscard(() => run.Series.TryRemove((row.Kind, row.Tag), out _));
        return state;
    }
}
