namespace Dashboard.Storage;

/// <summary>Hears of every commit, in commit order, after it is durable. Called on the writer's thread: it must return at once and must not throw.</summary>
public interface ICommitObserver
{
    /// <summary>Scalar points were stored. The columns are shared and never change again.</summary>
    void PointsCommitted(long seq, string project, string runId, IReadOnlyList<ScalarBlock> blocks);

    /// <summary>Series were named for the first time.</summary>
    void SeriesAdded(long seq, string project, string runId, IReadOnlyList<(string Tag, RecordKind Kind)> series);

    /// <summary>A run was created or changed, or removed for good.</summary>
    void RunChanged(long seq, string project, string runId, bool removed);
}
