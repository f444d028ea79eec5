namespace Dashboard.Storage;

/// <summary>Projects and runs.</summary>
public interface IRunStore
{
    /// <summary>All projects, the last changed first.</summary>
    Task<IReadOnlyList<ProjectInfo>> ListProjectsAsync(CancellationToken cancellation);

    /// <summary>Creates the run, or applies <paramref name="change"/> to the one that has this name.</summary>
    /// <returns>The run, and whether it is new.</returns>
    Task<(RunInfo Run, bool Created)> PutAsync(string project, string name, RunChange change, CancellationToken cancellation);

    /// <summary>The run with its whole summary, or null.</summary>
    Task<RunInfo?> FindAsync(string runId, CancellationToken cancellation);

    /// <summary>A page of runs.</summary>
    /// <exception cref="ArgumentException">The cursor is not one this store gave.</exception>
    Task<RunPage> ListAsync(RunQuery query, CancellationToken cancellation);

    /// <summary>Changes a run; null where there is none.</summary>
    /// <exception cref="RunNameTakenException">The new name belongs to another run of the project.</exception>
    /// <exception cref="RunChangedException">The run is no longer what the edit began from.</exception>
    Task<RunInfo?> ChangeAsync(string runId, RunChange change, CancellationToken cancellation);

    /// <summary>Changes many runs in one transaction; answers how many were changed and the ids of which there is no run.</summary>
    Task<(int Changed, IReadOnlyList<string> Missing)> ChangeAsync(IReadOnlyList<string> runIds, RunChange change, CancellationToken cancellation);

    /// <summary>Removes a run with its series, keys and artifacts for good; false where there is none.</summary>
    Task<bool> RemoveAsync(string runId, CancellationToken cancellation);
}
