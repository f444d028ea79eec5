using Dashboard.Series;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Storage;

/// <summary>Opens a data folder, keeps it open while the host runs, and closes it in order.</summary>
internal sealed partial class StorageEngine(IOptions<StorageOptions> options, StorageHealth health, TimeProvider clock, ILoggerFactory loggers, ICommitObserver? observer = null)
    : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<StorageEngine>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _stopGate = new();
    private Task? _stopping;
    private DataFolder? _folder;
    private StoreDatabase? _database;
    private StoreWriter? _writer;
    private Sealer? _sealer;
    private Task _background = Task.CompletedTask;

    public RunCache Cache { get; } = new();

    /// <summary>Projects that are coming in.</summary>
    public IntakeClaims Claims { get; } = new();

    public StoreDatabase Database => _database ?? throw new StoreStoppedException("The store is not open.");

    public StoreWriter Writer => _writer ?? throw new StoreStoppedException("The store is not open.");

    public DataFolder Folder => _folder ?? throw new StoreStoppedException("The store is not open.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var version = SqliteBinding.RequireVersion();
        _folder = new DataFolder(options.Value.DataFolder);
        _database = new StoreDatabase(_folder.Database);
        var backlog = new SealBacklog(options.Value, clock);
        var connection = _database.OpenWriter();
        SchemaUpgrade.Run(connection);
        // The database may be new: what is acknowledged from here on must not hang on a name that is only in memory.
        FolderSync.Flush(_folder.Path);
        var session = new WriterSession(connection, Cache, backlog, observer, clock, loggers.CreateLogger<WriterSession>());
        backlog.Start(session.Inbox.LastSeq);
        Replay(session);
        ProjectIntake.RemoveLeftovers(connection, Claims);
        _writer = new StoreWriter(_database, connection, session, options.Value, backlog, health, clock, loggers.CreateLogger<StoreWriter>());
        _writer.Start();
        _sealer = new Sealer(_writer, _database, backlog, clock, loggers.CreateLogger<Sealer>());
        var housekeeping = new Housekeeping(_writer, Cache, Claims, health, clock, loggers.CreateLogger<Housekeeping>());
        _background = Task.WhenAll(_sealer.RunAsync(_stop.Token), housekeeping.RunAsync(_stop.Token));
        ArtifactFiles.RemoveUnfinished(_folder);
        health.Backlog = backlog;
        health.Committed();
        Opened(_folder.Path, version, backlog.LastSeq, backlog.Unsealed);
        return Task.CompletedTask;
    }

    /// <summary>Stops it once: whoever asks again waits for the same end, so that nothing is disposed of under it.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopGate) return _stopping ??= StopOnceAsync(cancellationToken);
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        if (_writer is null) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _background.ConfigureAwait(false);
        if (health.State == StorageState.Ready && _sealer is not null)
        {
            try
            {
                // Not needed for safety: it makes the next start quick.
                await _sealer.SealAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is StoreException or OperationCanceledException)
            {
                SealingLeft(failure);
            }
        }

        await _writer.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Seals everything that is committed when it begins.</summary>
    public Task SealAsync() => _sealer?.SealAsync(_stop.Token) ?? Task.CompletedTask;

    public void Dispose()
    {
        // Readers before the writer: the last connection to close checkpoints, and only the writer may.
        _database?.Dispose();
        _writer?.Dispose();
        _folder?.Dispose();
        _stop.Dispose();
    }

    private void Replay(WriterSession session)
    {
        using var select = new Statement(session.Connection, """SELECT "Seq", "Data" FROM "inbox" ORDER BY "Seq" """, 0);
        using var rows = select.Read();
        var series = new Dictionary<long, SeriesState?>();
        while (rows.Read())
        {
            var seq = rows.GetInt64(0);
            var data = (byte[])rows.GetValue(1);
            session.Inbox.Replayed(data.Length);
            try
            {
                foreach (var (key, points) in InboxCodec.Read(data))
                {
                    if (!series.TryGetValue(key, out var state)) series[key] = state = session.Series.Find(key);
                    if (state is null || seq <= state.SealedSeq) continue;
                    Replay(session, seq, state, points);
                }
            }
            catch (InvalidDataException damage)
            {
                InboxRowLost(seq, damage);
            }
        }

        session.EndGroup(committed: true);
    }

    private void Replay(WriterSession session, long seq, SeriesState state, ReadOnlyMemory<byte> points)
    {
        try
        {
            session.Inbox.Append(state, ChunkCodec.Decode(points.Span));
        }
        catch (ChunkDamagedException damage)
        {
            InboxBlockLost(seq, state.Tag, state.Run.Id, damage);
        }
    }

    [LoggerMessage(1020, LogLevel.Information, "Opened {Folder} (SQLite {Version}): last commit {Seq}, {Unsealed} points replayed.")]
    private partial void Opened(string folder, string version, long seq, long unsealed);

    [LoggerMessage(1021, LogLevel.Error, "Inbox row {Seq} is damaged; its points are lost.")]
    private partial void InboxRowLost(long seq, Exception damage);

    [LoggerMessage(1022, LogLevel.Error, "Points of '{Tag}' of run {RunId} in inbox row {Seq} are damaged and lost.")]
    private partial void InboxBlockLost(long seq, string tag, string runId, Exception damage);

    [LoggerMessage(1023, LogLevel.Warning, "Points were left in the inbox; the next start replays them.")]
    private partial void SealingLeft(Exception failure);
}
