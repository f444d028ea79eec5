namespace Dashboard.Storage;

/// <summary>Finds what can be projected, over all runs of a project.</summary>
public interface ISourceStore
{
    /// <summary>Embeddings and predictions, and the newest versions of files that may hold vectors: the newest runs first.</summary>
    /// <param name="project">Project name.</param>
    /// <param name="most">Sources at the most, of either sort.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<StoredSource>> ListAsync(string project, int most, CancellationToken cancellation);

    /// <summary>The different steps of a series of records, rising; empty where the run has none.</summary>
    Task<IReadOnlyList<long>> StepsAsync(string runId, RecordKind kind, string tag, CancellationToken cancellation);
}
