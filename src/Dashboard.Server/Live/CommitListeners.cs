using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Passes every commit on to those who want to know: what is kept in memory of runs first, then the live feed.</summary>
internal sealed class CommitListeners(RunChangeLog changes, CommitFeed feed) : ICommitObserver
{
    public void PointsCommitted(long seq, string project, string runId, IReadOnlyList<ScalarBlock> blocks) => feed.PointsCommitted(seq, project, runId, blocks);

    public void SeriesAdded(long seq, string project, string runId, IReadOnlyList<(string Tag, RecordKind Kind)> series)
    {
        changes.SeriesAdded(project, seq, series);
        feed.SeriesAdded(seq, project, runId, series);
    }

    public void RunChanged(long seq, string project, string runId, bool removed)
    {
        changes.RunChanged(project, runId);
        feed.RunChanged(seq, project, runId, removed);
    }
}
