namespace Dashboard.Storage.Tests;

public sealed class RunIndexTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task ReadTags_OfManyRuns_AreTheirUnionInOrder()
    {
        await using var store = await StoreHost.OpenAsync();
        var a = (await store.PushAsync("a", "b", (1, 1))).RunId;
        var b = (await store.PushAsync("b", "a", (1, 1))).RunId;
        // Above the surrogates in UTF-16 and below them in UTF-8.
        await store.PushAsync("a", "\uD83D\uDE00", (1, 1));
        await store.PushAsync("b", "\uFF5E", (1, 1));
        await store.PushAsync(new IngestBatch { Project = "p", Run = "b", Records = [new RecordBlock(RecordKind.Text, "note", 1, 1, [1])] });
        await store.PushAsync("c", "other", (1, 1));
        await store.SealAsync();

        var tags = await store.Index.ReadTagsAsync([a, b, "none"], [RecordKind.Scalar, RecordKind.Text, RecordKind.Histogram], None);

        Assert.Equal(["a", "b", "\uFF5E", "\uD83D\uDE00"], tags[RecordKind.Scalar]);
        Assert.Equal(["note"], tags[RecordKind.Text]);
        Assert.False(tags.ContainsKey(RecordKind.Histogram));
        Assert.DoesNotContain(RecordKind.Scalar, (await store.Index.ReadTagsAsync([a], [RecordKind.Text], None)).Keys);
    }

    [Fact]
    public async Task Summaries_OfRowsAndMemory_AreTogetherWhatTheRunsSay()
    {
        await using var store = await StoreHost.OpenAsync();
        var sealedRun = (await store.PushAsync("sealed", "loss", (1, 3), (2, 1), (3, 2))).RunId;
        await store.SealAsync();
        await store.ReopenAsync();
        var live = (await store.PushAsync("live", "loss", (1, 5), (2, double.NaN))).RunId;

        var stored = await store.Index.ReadSummariesAsync("p", "loss", None);

        Assert.Equal(new ScalarSummary(2, 1, 3, 3), stored[sealedRun]);
        Assert.False(store.Index.TryGetLive(sealedRun, "loss", out _));
        Assert.True(store.Index.TryGetLive(live, "loss", out var summary));
        Assert.Equal(new ScalarSummary(double.NaN, 5, 5, 2), summary);
        // What is stored of a run stays right while nothing is written to it, and memory speaks once something is.
        await store.PushAsync("sealed", "loss", (4, 0.5));
        Assert.True(store.Index.TryGetLive(sealedRun, "loss", out summary));
        Assert.Equal(new ScalarSummary(0.5, 0.5, 3, 4), summary);
        foreach (var id in new[] { sealedRun, live })
        {
            Assert.True(store.Index.TryGetLive(id, "loss", out summary));
            Assert.Equal((await store.Runs.FindAsync(id, None))!.Summary["loss"], summary);
        }
    }

    [Fact]
    public async Task CountTags_CountsRunsOutsideTheTrash()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("a", "loss", (1, 1));
        await store.PushAsync("b", "loss", (1, 1));
        await store.PushAsync("b", "acc", (1, 1));
        var trashed = (await store.PushAsync("c", "loss", (1, 1))).RunId;
        await store.Runs.ChangeAsync(trashed, new RunChange { Trashed = true }, None);

        var counts = await store.Index.CountTagsAsync("p", None);

        Assert.Equal([("acc", 1), ("loss", 2)], counts.Runs.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (tag.Key, tag.Value)));
        Assert.True(counts.Seq > 0);
        Assert.Empty((await store.Index.CountTagsAsync("none", None)).Runs);
    }

    [Fact]
    public async Task Visit_AProjectAndIds_ShowsEachRunOnce()
    {
        await using var store = await StoreHost.OpenAsync();
        var ids = new List<string>();
        for (var at = 0; at < 1200; at++) ids.Add((await store.Runs.PutAsync("p", $"r{at}", new RunChange(), None)).Run.Id);
        await store.Runs.PutAsync("q", "elsewhere", new RunChange(), None);
        await store.Runs.RemoveAsync(ids[0], None);

        var seen = new List<string>();
        await store.Index.VisitAsync("p", run => seen.Add(run.Id), None);
        Assert.Equal(ids.Skip(1).Order(), seen.Order());
        seen.Clear();
        await store.Index.VisitAsync(ids, run => seen.Add(run.Id), None);
        Assert.Equal(ids.Skip(1).Order(), seen.Order());
        Assert.Equal([ids[5], ids[1]], (await store.Index.FindAsync([ids[5], ids[0], ids[1]], 10, None)).Select(run => run.Id));
    }
}
