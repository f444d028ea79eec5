using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Keeps the store's own account of itself. Written by the writer's thread and at start and stop; read anywhere.</summary>
internal sealed class StorageHealth : IStorageHealth
{
    private const int SqliteFull = 13;
    private const int SqliteInputOutput = 10;
    private const int NoSpaceErrno = 28;

    private readonly string _folder;
    private volatile StorageState _state = StorageState.Starting;
    private volatile string? _reason = "The store is opening.";

    public StorageHealth(string folder) => _folder = folder;

    public StorageState State => _state;

    public string? Reason => _reason;

    /// <summary>Where counters come from once the store is open.</summary>
    public SealBacklog? Backlog { get; set; }

    public IReadOnlyDictionary<string, double> Read()
    {
        var counters = new Dictionary<string, double>();
        if (Backlog is not { } backlog) return counters;
        counters["points_total"] = backlog.Points;
        counters["batches_total"] = backlog.Batches;
        counters["unsealed_points"] = backlog.Unsealed;
        counters["inbox_bytes"] = backlog.InboxBytes;
        counters["last_seq"] = backlog.LastSeq;
        return counters;
    }

    public void Committed()
    {
        if (_state == StorageState.Ready) return;
        _state = StorageState.Ready;
        _reason = null;
    }

    public void Stopped()
    {
        _state = StorageState.Stopped;
        _reason = "The store has stopped.";
    }

    /// <summary>Notes a failed write and returns what its callers are told.</summary>
    public StoreException Failed(Exception failure)
    {
        if (IsFull(failure))
        {
            _state = StorageState.Full;
            _reason = "The disk that holds the data folder is full: writes resume by themselves when space returns.";
            return new StoreFullException(failure);
        }

        _state = StorageState.Failed;
        _reason = "The last write failed: see the server's log.";
        return new StoreStoppedException("The write failed; nothing of it was stored.", failure);
    }

    /// <summary>True where <paramref name="failure"/> says that the disk has no room.</summary>
    public bool IsFull(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        // Growing the shared-memory file reports a plain input/output error.
        SqliteException { SqliteErrorCode: SqliteInputOutput } => new DriveInfo(_folder).AvailableFreeSpace < 1 << 20,
        IOException { HResult: NoSpaceErrno } => true,
        // What EF wraps: artifacts and jobs are written through it.
        DbUpdateException { InnerException: { } inner } => IsFull(inner),
        _ => false,
    };
}
