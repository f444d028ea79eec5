using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>One thing a commit did, as the feed keeps it. Exactly one of points, added series, a changed run or a changed job.</summary>
internal sealed class FeedEntry
{
    private Task<RunView?>? _view;

    public required long Seq { get; init; }
    public required string Project { get; init; }
    public required string RunId { get; init; }
    public IReadOnlyList<ScalarBlock>? Blocks { get; init; }
    public IReadOnlyList<AddedSeries>? Added { get; init; }
    public bool Removed { get; init; }

    /// <summary>The job as it was then; <see cref="RunId"/> is empty.</summary>
    public JobView? Job { get; init; }

    /// <summary>Points it counts for in the feed; what has none counts as one, so that it is bounded too.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>The run as it was when the first subscriber came to this entry: read once, shared by all.</summary>
    public Task<RunView?> ViewAsync(DashboardQueries queries) => LazyInitializer.EnsureInitialized(ref _view, () => queries.FindRunAsync(RunId, CancellationToken.None));
}
