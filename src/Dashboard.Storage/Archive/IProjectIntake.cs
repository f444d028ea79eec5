using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>
/// Takes in a project that comes from elsewhere. What is given is written as it comes, where nobody looks, and appears at once with <see cref="CommitAsync"/>;
/// disposed of before that, or cut off by the end of the process, it leaves nothing.
/// </summary>
/// <remarks>Ids are the caller's and new. One thing at a time: a call begins when the one before has ended.</remarks>
public interface IProjectIntake : IAsyncDisposable
{
    /// <summary>Adds a run; runs keep the order in which they are added.</summary>
    Task AddRunAsync(RunInfo run, CancellationToken cancellation);

    /// <summary>Adds a scalar series to a run that was added. Every block but the last has 4,096 points.</summary>
    Task AddScalarsAsync(string runId, string tag, IAsyncEnumerable<SeriesColumns> blocks, CancellationToken cancellation);

    /// <summary>Adds a series of records to a run that was added.</summary>
    Task AddRecordsAsync(string runId, RecordKind kind, string tag, IAsyncEnumerable<RecordBlock> records, CancellationToken cancellation);

    /// <summary>Streams the content of artifacts in and answers its hash.</summary>
    Task<string> AddFileAsync(Stream content, CancellationToken cancellation);

    /// <summary>Adds a version of an artifact to a run that was added; its content has been added before.</summary>
    void AddArtifact(string runId, ArtifactInfo artifact);

    /// <summary>Adds a job that has ended, with its result as it is to be given back.</summary>
    Task AddJobAsync(ArchivedJob job, byte[]? result, IReadOnlyList<LogLine> log, CancellationToken cancellation);

    /// <summary>Adds a saved view, query or report.</summary>
    void AddView(ViewInfo view);

    /// <summary>Adds a setting.</summary>
    void AddSetting(SettingInfo setting);

    /// <summary>Adds what has been told of a run that was added.</summary>
    void AddMark(string runId, ArchivedMark mark);

    /// <summary>Lets everybody see the project, all of it in one moment.</summary>
    /// <exception cref="ProjectNameTakenException">There is a project of this name; nothing was stored.</exception>
    Task CommitAsync(double created);
}
