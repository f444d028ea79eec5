using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dashboard.Storage;

/// <summary>What items may use while they run: the write connection with its prepared statements, and the memory they keep in step. Writer's thread only.</summary>
internal sealed partial class WriterSession : IDisposable
{
    private readonly List<Action> _undo = [];
    private readonly List<SeriesState> _staged = [];
    private readonly List<(RunState Run, bool Removed)> _changedRuns = [];
    private readonly ICommitObserver? _observer;
    private readonly ILogger<WriterSession> _logger;

    public WriterSession(SqliteConnection connection, RunCache cache, SealBacklog backlog, ICommitObserver? observer, TimeProvider clock,
        ILogger<WriterSession> logger)
    {
        Connection = connection;
        _observer = observer;
        _logger = logger;
        Runs = new WriterRuns(this, connection, cache, clock);
        Series = new WriterSeries(this, connection);
        Records = new WriterRecords(connection);
        Answers = new WriterAnswers(connection);
        Inbox = new WriterInbox(connection, backlog);
        Chunks = new WriterChunks(connection);
    }

    public SqliteConnection Connection { get; }
    public WriterRuns Runs { get; }
    public WriterSeries Series { get; }
    public WriterRecords Records { get; }
    public WriterAnswers Answers { get; }
    public WriterInbox Inbox { get; }
    public WriterChunks Chunks { get; }

    /// <summary>Has <paramref name="undo"/> run if the group's commit fails.</summary>
    public void OnDiscard(Action undo) => _undo.Add(undo);

    /// <summary>Totals of a series with what earlier items of the group will make of it; forgotten when the group ends.</summary>
    public SeriesTotals Staged(SeriesState state)
    {
        if (state.Staged is { } staged) return staged;
        _staged.Add(state);
        return state.Totals;
    }

    /// <summary>Tells the observer, whose failure is its own: the commit stands.</summary>
    public void Tell(Action<ICommitObserver> tell)
    {
        if (_observer is null) return;
        try
        {
            tell(_observer);
        }
        catch (Exception failure)
        {
            ObserverFailed(failure);
        }
    }

    /// <summary>Has observers told of the run once the group is durable.</summary>
    public void RunChanged(RunState run, bool removed = false)
    {
        if (!_changedRuns.Contains((run, removed))) _changedRuns.Add((run, removed));
    }

    public void EndGroup(bool committed)
    {
        if (committed)
        {
            foreach (var (run, removed) in _changedRuns) Tell(observer => observer.RunChanged(Inbox.LastSeq, run.Project, run.Id, removed));
        }
        else
        {
            for (var i = _undo.Count - 1; i >= 0; i--) _undo[i]();
            Inbox.Discard();
        }

        foreach (var state in _staged) state.Staged = null;
        _staged.Clear();
        _undo.Clear();
        _changedRuns.Clear();
    }

    public void Dispose()
    {
        Runs.Dispose();
        Series.Dispose();
        Records.Dispose();
        Answers.Dispose();
        Inbox.Dispose();
        Chunks.Dispose();
    }

    [LoggerMessage(1003, LogLevel.Error, "An observer of commits failed.")]
    private partial void ObserverFailed(Exception failure);
}
