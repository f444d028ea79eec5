using Dashboard.Contracts;
using Dashboard.Series;
using Dashboard.Storage;

namespace Dashboard.Server.Tests;

public sealed class CommitFeedTests
{
    private static readonly ApiLimits Limits = new() { MaxLiveHistoryPoints = 100, MaxLivePendingPoints = 50 };

    private static ScalarBlock Block(string tag, params long[] steps) =>
        new(tag, new SeriesColumns(steps, new double[steps.Length], Array.ConvertAll(steps, step => (double)step), steps.Length));

    private static FrameMerger Merger(string[]? tags = null) => new(new LiveSubscription { Project = "p", Tags = tags }, ProjectScope.Whole, Limits, new DashboardQueries(null!, null!, Limits));

    private static List<FeedEntry> From(CommitFeed feed, long afterSeq)
    {
        var position = Assert.NotNull(feed.Seek(afterSeq));
        var entries = new List<FeedEntry>();
        Assert.True(feed.TryRead(ref position, entries));
        return entries;
    }

    [Fact]
    public async Task Merge_ManyCommitsOfASeries_IsOneFrame()
    {
        var feed = new CommitFeed(Limits);
        feed.PointsCommitted(1, "p", "r", [Block("a", 1), Block("b", 1)]);
        feed.PointsCommitted(2, "p", "r", [Block("a", 2, 3)]);
        feed.PointsCommitted(3, "p", "r2", [Block("a", 9)]);
        feed.PointsCommitted(4, "p", "r", [Block("a", 4)]);
        var frames = Assert.IsType<List<LiveFrame>>(await Merger().MergeAsync(From(feed, 0)));
        Assert.Equal([("b", 1L), ("a", 3), ("a", 4)], frames.Select(frame => (frame.Tag!, frame.Seq)));
        Assert.Equal([1L, 2, 3, 4], frames[^1].Steps!);
        Assert.Equal([1.0, 2, 3, 4], frames[^1].Values!);
    }

    [Fact]
    public async Task Merge_MorePointsThanMayWait_IsAReset()
    {
        var feed = new CommitFeed(Limits);
        for (var seq = 1; seq <= 51; seq++)
            feed.PointsCommitted(seq, "p", "r", [Block("a", seq)]);
        Assert.Null(await Merger().MergeAsync(From(feed, 0)));
        Assert.Equal(50, Assert.Single((await Merger().MergeAsync(From(feed, 1)))!).Steps!.Length);
        // What was filtered out does not wait.
        Assert.Empty((await Merger([]).MergeAsync(From(feed, 0)))!);
    }

    [Fact]
    public void Seek_WithinTheHistory_FindsTheFirstLaterCommit()
    {
        var feed = new CommitFeed(Limits);
        for (var seq = 11; seq <= 20; seq++)
            feed.PointsCommitted(seq, "p", "r", [Block("a", seq)]);
        Assert.Equal(Enumerable.Range(16, 5).Select(seq => (long)seq), From(feed, 15).Select(entry => entry.Seq));
        Assert.Empty(From(feed, 20));
        Assert.Equal(10, From(feed, 10).Count);
        Assert.Null(feed.Seek(9));
        Assert.Null(feed.Seek(21));
    }

    [Fact]
    public void Append_BeyondTheHistory_DropsTheOldest()
    {
        var feed = new CommitFeed(Limits);
        var behind = Assert.NotNull(feed.Seek(null));
        for (var seq = 1; seq <= 150; seq++)
            feed.PointsCommitted(seq, "p", "r", [Block("a", seq)]);
        Assert.False(feed.TryRead(ref behind, []));
        Assert.Null(feed.Seek(49));
        Assert.Equal(100, From(feed, 50).Count);
        // One batch larger than the whole history leaves nothing to resume from but itself.
        feed.PointsCommitted(151, "p", "r", [Block("a", new long[101])]);
        Assert.Null(feed.Seek(150));
        Assert.Empty(From(feed, 151));
    }

    [Fact]
    public void Seek_TheSeqOfAStart_NeedsNoReset()
    {
        var feed = new CommitFeed(Limits);
        feed.Start(41);
        Assert.Equal((0, 41), feed.End());
        Assert.NotNull(feed.Seek(41));
        Assert.Null(feed.Seek(40));
        Assert.Null(feed.Seek(42));
        feed.PointsCommitted(42, "p", "r", [Block("a", 1)]);
        Assert.Single(From(feed, 41));
    }

    [Fact]
    public async Task Wait_ForACommit_EndsWhenItComes()
    {
        var feed = new CommitFeed(Limits);
        using var stop = new CancellationTokenSource();
        var dispatch = feed.DispatchAsync(stop.Token);
        var waiting = Enumerable.Range(0, 10).Select(_ => feed.WaitAsync(0, CancellationToken.None)).ToArray();
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        feed.RunChanged(1, "p", "r", removed: false);
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));
        await feed.WaitAsync(0, CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dispatch);
    }

    [Fact]
    public async Task Seek_WhereverAClientLeftACommit_TellsItsPointsOnce()
    {
        var feed = new CommitFeed(Limits);
        feed.PointsCommitted(1, "p", "r", [Block("a", 1)]);
        feed.SeriesAdded(2, "p", "r", [("b", RecordKind.Scalar)]);
        // A client that leaves here has seen the series and not its points.
        Assert.Equal(1, feed.LastSeq);
        feed.PointsCommitted(2, "p", "r", [Block("b", 2)]);
        feed.RunChanged(2, "p", "r", removed: true);
        var merger = Merger();
        merger.AfterSeq = 1;
        Assert.Equal(["b"], (await merger.MergeAsync(From(feed, 1)))!.Where(frame => frame.Tag is not null).Select(frame => frame.Tag));
        merger.AfterSeq = 2;
        var frame = Assert.Single((await merger.MergeAsync(From(feed, 2)))!);
        Assert.True(frame.Removed);
    }
}
