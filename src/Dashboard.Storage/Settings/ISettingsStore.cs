namespace Dashboard.Storage;

/// <summary>Settings of projects: one JSON object a name, each with a revision.</summary>
public interface ISettingsStore
{
    /// <summary>A setting of a project, or null where none was written.</summary>
    Task<SettingInfo?> FindAsync(string project, string name, CancellationToken cancellation);

    /// <summary>All settings of a project, by name.</summary>
    Task<IReadOnlyList<SettingInfo>> ListAsync(string project, CancellationToken cancellation);

    /// <summary>One setting in every project that has it, by project.</summary>
    Task<IReadOnlyList<SettingInfo>> ListNamedAsync(string name, CancellationToken cancellation);

    /// <summary>Writes a setting whole; null where there is no such project.</summary>
    /// <param name="project">Project name.</param>
    /// <param name="name">Name of the setting.</param>
    /// <param name="bodyJson">A JSON object text.</param>
    /// <param name="revision">The revision that the change was made from; 0 where there was none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SettingChangedException">It is no longer at <paramref name="revision"/>.</exception>
    Task<SettingInfo?> WriteAsync(string project, string name, string bodyJson, long revision, CancellationToken cancellation);
}
