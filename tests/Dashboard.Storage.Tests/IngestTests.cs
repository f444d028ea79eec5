namespace Dashboard.Storage.Tests;

public sealed class IngestTests
{
    [Fact]
    public async Task Append_NewRun_IsReadBackInTheOrderLogged()
    {
        await using var store = await StoreHost.OpenAsync();

        var receipt = await store.PushAsync("r", "loss", (0, 3), (10, 2), (20, double.NaN), (30, double.NegativeInfinity));

        Assert.Equal((4, 0, false), (receipt.Accepted, receipt.Duplicates, receipt.Replayed));
        var window = (await store.ReadAsync(receipt.RunId, "loss"))!;
        Assert.Equal([0L, 10, 20, 30], window.Steps);
        Assert.Equal([3, 2, double.NaN, double.NegativeInfinity], window.Values);
        Assert.Equal([0, 0, 1, 1], window.NonFinite);
    }

    [Fact]
    public async Task Append_NaNWithPayload_KeepsItsBitsAcrossSealAndRestart()
    {
        await using var store = await StoreHost.OpenAsync();
        var odd = BitConverter.Int64BitsToDouble(unchecked((long)0xfff8dead_beef0001));
        var receipt = await store.PushAsync("r", "loss", (0, odd), (1, -0.0));

        await store.SealAsync();
        await store.ReopenAsync();

        var window = (await store.ReadAsync(receipt.RunId, "loss"))!;
        Assert.Equal(BitConverter.DoubleToInt64Bits(odd), BitConverter.DoubleToInt64Bits(window.Values[0]));
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(window.Values[1]));
        Assert.Equal(-0.0, (await store.Runs.FindAsync(receipt.RunId, CancellationToken.None))!.Summary["loss"].Last);
    }

    [Fact]
    public async Task Append_SameStepAgain_ReplacesTheValueAndCountsIt()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", (1, 1), (2, 2));

        var within = await store.PushAsync("r", "loss", (2, 20), (3, 3), (3, 30));

        Assert.Equal((3, 2), (within.Accepted, within.Duplicates));
        var window = (await store.ReadAsync(within.RunId, "loss"))!;
        Assert.Equal([1L, 2, 3], window.Steps);
        Assert.Equal([1.0, 20, 30], window.Values);
    }

    [Fact]
    public async Task Append_StepGoesBack_KeepsBothSegments()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", (1, 1), (2, 2), (3, 3));

        var restart = await store.PushAsync("r", "loss", (2, 20), (3, 30));

        Assert.Equal(0, restart.Duplicates);
        Assert.Equal(new long[] { 1, 2, 3, 2, 3 }, (await store.ReadAsync(restart.RunId, "loss"))!.Steps);
    }

    [Fact]
    public async Task Append_SameStepAfterSealAndRestart_ReplacesTheSealedValue()
    {
        await using var store = await StoreHost.OpenAsync();
        var receipt = await store.PushAsync("r", "loss", (1, 1), (2, 99));
        await store.SealAsync();
        await store.ReopenAsync();

        Assert.Equal(1, (await store.PushAsync("r", "loss", (2, 2))).Duplicates);

        async Task CheckAsync(StoreHost where)
        {
            var window = (await where.ReadAsync(receipt.RunId, "loss"))!;
            Assert.Equal([1.0, 2], window.Values);
            var summary = (await where.Runs.FindAsync(receipt.RunId, CancellationToken.None))!.Summary["loss"];
            Assert.Equal(new ScalarSummary(2, 1, 2, 2), summary);
        }

        await CheckAsync(store);
        await using (var killed = await store.OpenCopyAsync()) await CheckAsync(killed);
        await store.SealAsync();
        await CheckAsync(store);
        await store.ReopenAsync();
        await CheckAsync(store);
    }

    [Fact]
    public async Task Append_SameKeyAndBody_AnswersAsTheFirstTimeAndStoresNothing()
    {
        await using var store = await StoreHost.OpenAsync();
        var first = await store.PushAsync(Batches.Scalars("r", "loss", (1, 1), (1, 2)).WithKey("k", 7));
        await store.PushAsync("r", "loss", (2, 2));

        var again = await store.PushAsync(Batches.Scalars("r", "loss", (1, 1), (1, 2)).WithKey("k", 7));

        Assert.Equal(first with { Replayed = true }, again);
        Assert.Equal(2, (await store.ReadAsync(first.RunId, "loss"))!.Total);
    }

    [Fact]
    public async Task Append_SameKeyOtherBody_IsRefusedAlone()
    {
        await using var store = await StoreHost.OpenAsync();
        var first = await store.PushAsync(Batches.Scalars("r", "loss", (1, 1)).WithKey("k", 7));

        await Assert.ThrowsAsync<IdempotencyKeyReusedException>(() => store.PushAsync(Batches.Scalars("r", "loss", (2, 2)).WithKey("k", 8)));
        await store.PushAsync(Batches.Scalars("other", "loss", (2, 2)).WithKey("k", 8));

        Assert.Equal(1, (await store.ReadAsync(first.RunId, "loss"))!.Total);
    }

    [Fact]
    public async Task Append_ManyWriters_LoseAndDoubleNothing()
    {
        await using var store = await StoreHost.OpenAsync();
        const int Writers = 8, Batches = 50, Points = 20;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                var points = Enumerable.Range(batch * Points, Points).Select(step => ((long)step, (double)step)).ToArray();
                await store.PushAsync("r", $"tag/{writer}", points);
            }
        })));

        var run = (await store.Runs.ListAsync(new RunQuery("p"), CancellationToken.None)).Items.Single();
        for (var writer = 0; writer < Writers; writer++)
        {
            var window = (await store.ReadAsync(run.Id, $"tag/{writer}"))!;
            Assert.Equal(Enumerable.Range(0, Batches * Points).Select(step => (long)step), window.Steps);
        }
    }

    [Fact]
    public async Task Append_Records_AreKeptByStepAndPhasesEachOnTheirOwn()
    {
        await using var store = await StoreHost.OpenAsync();
        RecordBlock Record(RecordKind kind, long step, byte content) => new(kind, "t", step, 1, [content]);
        var receipt = await store.PushAsync(new IngestBatch
        {
            Project = "p",
            Run = "r",
            Records =
            [
                Record(RecordKind.Histogram, 1, 1), Record(RecordKind.Histogram, 1, 2), Record(RecordKind.Histogram, 2, 3),
                Record(RecordKind.Phase, 0, 4), Record(RecordKind.Phase, 0, 5),
            ],
        });
        await store.ReopenAsync();

        async Task<byte[]> ContentsAsync(RecordKind kind, long? step = null) =>
            [.. (await store.Series.ReadRecordsAsync(receipt.RunId, kind, null, step, CancellationToken.None))!.Select(r => r.Payload![0])];
        Assert.Equal((5, 1), (receipt.Accepted, receipt.Duplicates));
        Assert.Equal(new byte[] { 2, 3 }, await ContentsAsync(RecordKind.Histogram));
        Assert.Equal(new byte[] { 3 }, await ContentsAsync(RecordKind.Histogram, 2));
        Assert.Equal(new byte[] { 4, 5 }, await ContentsAsync(RecordKind.Phase));
    }
}
