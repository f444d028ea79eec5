using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>What carrying a project elsewhere needs beyond the other stores: all that it holds in its order, points block by block, and a way in that shows nothing before all is there.</summary>
public interface IArchiveStore
{
    /// <summary>What a project holds at this moment, trash and archive included; null where there is no such project.</summary>
    Task<ProjectContents?> ListAsync(string project, CancellationToken cancellation);

    /// <summary>Points of a scalar series by their place, counted from its first: fewer than <paramref name="count"/> only where some are damaged or the series ends.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="from">Place of the first, a multiple of 4,096: chunks are then read once.</param>
    /// <param name="count">How many, 65,536 at the most.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The points, and what could not be read; null where the run has no such series any more.</returns>
    Task<(SeriesColumns Points, IReadOnlyList<DamagedRange> Damaged)?> ReadPointsAsync(string runId, string tag, long from, int count, CancellationToken cancellation);

    /// <summary>One job that has ended, with what listings leave out; null where there is none.</summary>
    Task<ArchivedJob?> FindJobAsync(string id, CancellationToken cancellation);

    /// <summary>What has been told of a run, so that nobody is told again elsewhere.</summary>
    Task<IReadOnlyList<ArchivedMark>> ListMarksAsync(string runId, CancellationToken cancellation);

    /// <summary>Begins to take a project in. Nobody sees anything of it before <see cref="IProjectIntake.CommitAsync"/>.</summary>
    Task<IProjectIntake> BeginAsync(string project, CancellationToken cancellation);

    /// <summary>An empty file in the data folder that goes when it is closed, and at the next start if the process ends before.</summary>
    Stream CreateTemporary();
}
