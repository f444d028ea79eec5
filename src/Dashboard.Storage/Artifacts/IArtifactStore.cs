namespace Dashboard.Storage;

/// <summary>Files of runs, kept on disk under the hash of their content.</summary>
public interface IArtifactStore
{
    /// <summary>Streams a file in. A name that exists gets a new version; the same content under the same name, type and step is the same version.</summary>
    /// <returns>The artifact, or null where there is no such run.</returns>
    /// <exception cref="StoreFullException">The disk is full; nothing was stored.</exception>
    Task<ArtifactInfo?> PutAsync(string runId, string name, string type, long? step, Stream content, CancellationToken cancellation);

    /// <summary>The newest version of each name, newest first; null where there is no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="type">Only this type, or null.</param>
    /// <param name="asOf">Only versions created up to this wall time, or null.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<ArtifactInfo>?> ListAsync(string runId, string? type, double? asOf, CancellationToken cancellation);

    /// <summary>The newest version of a name with the path of its content, or null.</summary>
    Task<(ArtifactInfo Info, string Path)?> FindAsync(string runId, string name, CancellationToken cancellation);

    /// <summary>Removes all versions of a name; false where there is none.</summary>
    Task<bool> RemoveAsync(string runId, string name, CancellationToken cancellation);
}
