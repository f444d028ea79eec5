using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dashboard.Storage;

/// <summary>The one thread that writes. It takes what has gathered in its bounded queue, commits it as one transaction, and only then answers.</summary>
/// <remarks>
/// Owns the write connection and everything in <see cref="WriterSession"/>. Nothing else in the process or outside it writes the database (<see cref="DataFolder"/>
/// holds the lock), and only this thread checkpoints the log.
/// </remarks>
internal sealed partial class StoreWriter : IIngestStore, IDisposable
{
    // A group is bounded so that the first of it does not wait long for the last.
    private const int GroupItems = 512;
    private const long GroupBytes = 8 << 20;

    // Longer than all but the longest of reads, and short enough that those who wait for an answer meanwhile notice little.
    private static readonly TimeSpan ReadersEnd = TimeSpan.FromSeconds(3);

    private readonly Channel<WriteItem> _queue;
    private readonly Thread _thread;
    private readonly SqliteConnection _connection;
    private readonly WriterSession _session;
    private readonly StorageOptions _options;
    private readonly SealBacklog _backlog;
    private readonly StorageHealth _health;
    private readonly ILogger<StoreWriter> _logger;
    private readonly LogFile _log;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StoreDatabase _database;
    private readonly TimeProvider _clock;
    private long _queuedBytes;
    private int _places;

    // Length of the log at the last checkpoint that did not have it begin anew yet.
    private long _checkpointed;

    public StoreWriter(StoreDatabase database, SqliteConnection connection, WriterSession session, StorageOptions options, SealBacklog backlog,
        StorageHealth health, TimeProvider clock, ILogger<StoreWriter> logger)
    {
        _database = database;
        _clock = clock;
        _connection = connection;
        _session = session;
        _options = options;
        _backlog = backlog;
        _health = health;
        _logger = logger;
        _log = new LogFile(database.File + "-wal");
        _queue = Channel.CreateBounded<WriteItem>(new BoundedChannelOptions(options.QueueBatches) { SingleReader = true });
        _thread = new Thread(Loop) { Name = "store-writer", IsBackground = true };
    }

    public void Start() => _thread.Start();

    public Task<IngestReceipt> AppendAsync(IngestBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IsFull) throw new StoreBusyException();
        var item = new AppendItem(batch);
        Interlocked.Add(ref _queuedBytes, item.Bytes);
        if (_queue.Writer.TryWrite(item)) return item.Task;
        Interlocked.Add(ref _queuedBytes, -item.Bytes);
        throw _queue.Reader.Completion.IsCompleted || _health.State == StorageState.Stopped
            ? new StoreStoppedException()
            : new StoreBusyException();
    }

    /// <summary>Whether any batch would be refused just now: batches that are being read count as well as those that wait.</summary>
    public bool IsBusy => IsFull || _queue.Reader.Count + Volatile.Read(ref _places) >= _options.QueueBatches;

    private bool IsFull => _backlog.Overdue || Interlocked.Read(ref _queuedBytes) > _options.QueueBytes;

    /// <summary>Takes a place in the queue for a batch that is to be read yet.</summary>
    /// <exception cref="StoreBusyException">There is none.</exception>
    public IDisposable Enter()
    {
        var place = new Place(this);
        if (!IsFull && _queue.Reader.Count + Volatile.Read(ref _places) <= _options.QueueBatches) return place;
        place.Dispose();
        throw new StoreBusyException();
    }

    /// <summary>Runs <paramref name="execute"/> inside the next group's transaction, and <paramref name="committed"/> after it, both on the writer's thread.</summary>
    public async Task<T> CommandAsync<T>(Func<WriterSession, T> execute, Action<WriterSession, T>? committed = null)
    {
        var item = new CommandItem<T>(execute, committed);
        try
        {
            await _queue.Writer.WriteAsync(item).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new StoreStoppedException();
        }

        return await item.Task.ConfigureAwait(false);
    }

    /// <summary>Takes no more, finishes what is queued, and ends the thread. Calling again waits for the same end.</summary>
    public Task StopAsync()
    {
        _queue.Writer.TryComplete();
        return _ended.Task;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        if (_thread.IsAlive) _thread.Join();
        _session.Dispose();
        _log.Dispose();
        _connection.Dispose();
    }

    private void Loop()
    {
        var group = new List<WriteItem>();
        try
        {
#pragma warning disable RS0030 // This thread is the writer's own and does nothing else: it may block.
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore RS0030
            {
                long bytes = 0;
                while (group.Count < GroupItems && bytes < GroupBytes && _queue.Reader.TryRead(out var item))
                {
                    group.Add(item);
                    bytes += item.Bytes;
                }

                Interlocked.Add(ref _queuedBytes, -bytes);
                if (group.Count > 0) Write(group);
                group.Clear();
            }
        }
        finally
        {
            _health.Stopped();
            _ended.TrySetResult();
        }
    }

    private void Write(List<WriteItem> group)
    {
        // A group that changes nothing commits on a full disk, too: only one that writes shows that writing works again.
        var doubted = _health.State != StorageState.Ready;
        var before = doubted ? Changes() : 0;
        try
        {
            StoreDatabase.Run(_connection, "BEGIN IMMEDIATE");
            foreach (var item in group) item.Run(_session);
            StoreDatabase.Run(_connection, "COMMIT");
        }
        catch (Exception failure)
        {
            Rollback();
            _session.EndGroup(committed: false);
            var told = _health.Failed(failure);
            GroupFailed(group.Count, failure);
            foreach (var item in group) item.Fail(item.Refusal ?? told);
            return;
        }

        if (doubted && Changes() != before) _health.Committed();
        foreach (var item in group)
        {
            if (item.Refusal is null) item.Committed(_session);
        }

        _session.EndGroup(committed: true);
        foreach (var item in group)
        {
            if (item.Refusal is null) item.Succeed();
            else item.Fail(item.Refusal);
        }

        CheckpointIfLong();
    }

    private long Changes()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT total_changes()";
        return (long)command.ExecuteScalar()!;
    }

    private void Rollback()
    {
        try
        {
            StoreDatabase.Run(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private void CheckpointIfLong()
    {
        var length = _log.Frames;
        if (length < _checkpointed) _checkpointed = 0;
        // Where readers keep the log from beginning anew, not after each commit again: a checkpoint syncs twice.
        if (length < _options.CheckpointPages || (_checkpointed > 0 && length < _checkpointed + (_options.CheckpointPages / 4))) return;
        _checkpointed = length;
        try
        {
            // Passive: never waits for readers. The next commit reuses the log from its start once all of it is in the database and no reader needs it.
            StoreDatabase.Run(_connection, "PRAGMA wal_checkpoint(PASSIVE)");
            if (length >= _options.LogPages && !_database.WithoutReaders(ReadersEnd, _clock, () => StoreDatabase.Run(_connection, "PRAGMA wal_checkpoint(TRUNCATE)")))
                LogNotCut(length);
        }
        catch (SqliteException failure)
        {
            _health.Failed(failure);
            CheckpointFailed(failure);
        }
    }

    [LoggerMessage(1001, LogLevel.Error, "A group of {Count} writes failed; nothing of it was stored.")]
    private partial void GroupFailed(int count, Exception failure);

    [LoggerMessage(1002, LogLevel.Warning, "The log could not be checkpointed; it grows until the next try.")]
    private partial void CheckpointFailed(Exception failure);

    [LoggerMessage(1004, LogLevel.Warning, "Reads have kept the log from beginning anew; it has {Pages} pages, and the next checkpoint tries again.")]
    private partial void LogNotCut(long pages);

    private sealed class Place : IDisposable
    {
        private StoreWriter? _writer;

        public Place(StoreWriter writer)
        {
            _writer = writer;
            Interlocked.Increment(ref writer._places);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _writer, null) is { } writer) Interlocked.Decrement(ref writer._places);
        }
    }
}
