namespace Dashboard.Storage;

/// <summary>Files of runs, kept on disk under the hash of their content.</summary>
public interface IArtifactStore
{
    /// <summary>Streams a file in. A name that exists gets a new version; the same content under the same name, type, step and origin is the same version.</summary>
    /// <returns>The artifact, or null where there is no such run.</returns>
    /// <exception cref="StoreFullException">The disk is full; nothing was stored.</exception>
    Task<ArtifactInfo?> PutAsync(string runId, string name, string type, long? step, ArtifactOrigin origin, Stream content, CancellationToken cancellation);

    /// <summary>The newest version of each name, or every version, newest first; null where there is no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="type">Only this type, or null.</param>
    /// <param name="asOf">Only versions created up to this wall time, or null.</param>
    /// <param name="versions">True for every version and not the newest of each name alone.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<ArtifactInfo>?> ListAsync(string runId, string? type, double? asOf, bool versions, CancellationToken cancellation);

    /// <summary>A version of a name with the path of its content: the newest, or the newest of a step, or the one of an id. Null where there is none.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="name">Name of the artifact.</param>
    /// <param name="step">Step of the version, or null for any.</param>
    /// <param name="id">Id of the version, or null for any.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<(ArtifactInfo Info, string Path)?> FindAsync(string runId, string name, long? step, string? id, CancellationToken cancellation);

    /// <summary>Every version of one type in all runs of a project, newest first.</summary>
    Task<IReadOnlyList<(string RunId, ArtifactInfo Info)>> ListProjectAsync(string project, string type, CancellationToken cancellation);

    /// <summary>Says that a version stays, or may go again; null where there is none of this id.</summary>
    Task<ArtifactInfo?> KeepAsync(string runId, string id, bool kept, CancellationToken cancellation);

    /// <summary>Removes versions by their ids, but none that is kept.</summary>
    /// <returns>The ids of those that were removed.</returns>
    Task<IReadOnlyList<string>> RemoveVersionsAsync(string runId, IReadOnlyList<string> ids, CancellationToken cancellation);

    /// <summary>Removes all versions of a name; false where there is none.</summary>
    Task<bool> RemoveAsync(string runId, string name, CancellationToken cancellation);
}
