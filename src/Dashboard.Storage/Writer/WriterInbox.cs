using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>The durable inbox and what memory holds of it.</summary>
internal sealed class WriterInbox : IDisposable
{
    private readonly SealBacklog _backlog;
    private readonly Statement _insert;
    private readonly Statement _delete;
    private long _stagedSeq;

    public WriterInbox(SqliteConnection connection, SealBacklog backlog)
    {
        _backlog = backlog;
        _insert = new Statement(connection, """INSERT INTO "inbox" ("Seq", "Data") VALUES ($1, $2)""", 2);
        _delete = new Statement(connection, """DELETE FROM "inbox" WHERE "Seq" <= $1""", 1);
        using var last = new Statement(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'inbox'", 0);
        LastSeq = _stagedSeq = last.Scalar() is long seq ? seq : 0;
    }

    /// <summary>Number of the last commit that memory shows.</summary>
    public long LastSeq { get; private set; }

    public long Insert(byte[] data)
    {
        _insert.Execute(++_stagedSeq, data);
        _backlog.Queued(data.Length);
        return _stagedSeq;
    }

    /// <summary>Brings committed points into memory.</summary>
    public void Append(SeriesState state, SeriesColumns points)
    {
        var grown = state.Append(points);
        _backlog.Grew(state, grown);
    }

    public void Applied(long seq, long accepted)
    {
        LastSeq = seq;
        _backlog.Applied(seq, accepted);
    }

    /// <summary>Counts a row that a restart found.</summary>
    public void Replayed(int bytes) => _backlog.Queued(bytes);

    /// <summary>Drops the unsealed points of a run that was removed.</summary>
    public void Forget(RunState run)
    {
        foreach (var series in run.Series.Values) _backlog.Forget(series);
    }

    /// <summary>Deletes rows whose points are all in chunks.</summary>
    public void DeleteThrough(long seq) => _delete.Execute(seq);

    public void Discard() => _stagedSeq = LastSeq;

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
    }
}
