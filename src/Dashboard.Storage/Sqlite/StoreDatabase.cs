using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dashboard.Storage;

/// <summary>Opens connections to the database of a data folder: one that writes, and a bounded number that read.</summary>
/// <remarks>
/// One connection writes and it alone checkpoints: SQLite before 3.51.3 can corrupt its log when two do so at once. Readers are opened read-only, so they cannot.
/// </remarks>
internal sealed class StoreDatabase(string file) : IDisposable
{
    private const int MaxReaders = 16;

    private readonly SemaphoreSlim _readers = new(MaxReaders);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _closed;

    public string File { get; } = file;

    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        Run(connection, "PRAGMA journal_mode=WAL");
        Run(connection, "PRAGMA synchronous=FULL");
        Run(connection, "PRAGMA wal_autocheckpoint=0");
        Run(connection, "PRAGMA cache_size=-16384");
        Run(connection, "PRAGMA temp_store=MEMORY");
        Run(connection, "PRAGMA foreign_keys=OFF");
        // A log that once grew large gives its space back at the next checkpoint that resets it.
        Run(connection, "PRAGMA journal_size_limit=67108864");
        return connection;
    }

    /// <summary>Runs <paramref name="read"/> on a reader, on the caller's thread, inside one read transaction: it sees one moment of the database.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        await _readers.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!_idle.TryTake(out var connection)) connection = OpenReader();
            try
            {
                Run(connection, "BEGIN");
                try
                {
                    return read(connection);
                }
                finally
                {
                    Run(connection, "COMMIT");
                }
            }
            finally
            {
                if (_closed) connection.Dispose();
                else _idle.Add(connection);
            }
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>Runs <paramref name="work"/> while nobody reads: new reads wait, and those on their way are waited for. For the writer's thread, which may block.</summary>
    /// <returns>False where they did not end within <paramref name="limit"/>; nothing was run then.</returns>
    public bool WithoutReaders(TimeSpan limit, TimeProvider clock, Action work)
    {
        var began = clock.GetTimestamp();
        var taken = 0;
        try
        {
            for (; taken < MaxReaders; taken++)
            {
                var left = limit - clock.GetElapsedTime(began);
                if (!_readers.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero)) return false;
            }

            work();
            return true;
        }
        finally
        {
            if (taken > 0) _readers.Release(taken);
        }
    }

    /// <summary>A context over a connection this class opened; transactions are the caller's.</summary>
    public static StorageContext Context(SqliteConnection connection, IInterceptor? watch = null)
    {
        var options = new DbContextOptionsBuilder<StorageContext>().UseSqlite(connection);
        if (watch is not null) options.AddInterceptors(watch);
        var context = new StorageContext(options.Options);
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <summary>Builds what every context needs once a process, so that the first one need not.</summary>
    public static void BuildModel()
    {
        using var connection = new SqliteConnection();
        using var context = Context(connection);
        _ = context.Model;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var connection)) connection.Dispose();
    }

    private SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadOnly);
        Run(connection, "PRAGMA cache_size=-4096");
        return connection;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }
}
