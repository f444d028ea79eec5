namespace Dashboard.Storage;

/// <summary>Reads over many runs at once: what lists, searches and tables are made of.</summary>
public interface IRunIndex
{
    /// <summary>Shows every run of a project, those in the trash included, in no order, without summaries, one at a time: a project's configurations need not fit in memory together.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="visit">Called for each run on the reading thread.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task VisitAsync(string project, Action<RunInfo> visit, CancellationToken cancellation);

    /// <summary>Shows the runs of these ids that exist, in no order, without summaries.</summary>
    Task VisitAsync(IReadOnlyCollection<string> runIds, Action<RunInfo> visit, CancellationToken cancellation);

    /// <summary>The runs of these ids that exist, in the order asked, with summaries of <paramref name="summaryTags"/> tags at the most.</summary>
    Task<IReadOnlyList<RunInfo>> FindAsync(IReadOnlyList<string> runIds, int summaryTags, CancellationToken cancellation);

    /// <summary>When the run was last written to as memory knows it, seconds since the Unix epoch; 0 where memory knows nothing.</summary>
    double Touched(string runId);

    /// <summary>Summaries of one scalar tag by run id as the database has them. <see cref="TryGetLive"/> is right where it has an answer, and comes first.</summary>
    Task<IReadOnlyDictionary<string, ScalarSummary>> ReadSummariesAsync(string project, string tag, CancellationToken cancellation);

    /// <summary>The summary of a series that was written to since the store was opened.</summary>
    bool TryGetLive(string runId, string tag, out ScalarSummary summary);

    /// <summary>Tags by kind over the runs of these ids that exist, each once, in the order of their UTF-8 bytes.</summary>
    /// <param name="runIds">The runs.</param>
    /// <param name="kinds">The kinds to read.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyDictionary<RecordKind, IReadOnlyList<string>>> ReadTagsAsync(
        IReadOnlyCollection<string> runIds, IReadOnlyCollection<RecordKind> kinds, CancellationToken cancellation);

    /// <summary>In how many runs outside the trash each scalar tag of a project is.</summary>
    Task<TagCounts> CountTagsAsync(string project, CancellationToken cancellation);

    /// <summary>What runs take, by id; one that does not exist is left out.</summary>
    Task<IReadOnlyDictionary<string, RunSize>> ReadSizesAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation);

    /// <summary>Names of all projects.</summary>
    Task<IReadOnlyList<string>> ListProjectNamesAsync(CancellationToken cancellation);
}
