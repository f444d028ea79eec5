namespace Dashboard.Storage.Tests;

/// <summary>The store against a plain list: whatever was pushed, replaced, sealed, killed and opened again, both say the same.</summary>
public sealed class ReadTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 300)]
    [InlineData(3, 3000)]
    [InlineData(4, 20000)]
    public async Task Reads_AfterRandomHistory_AgreeWithAPlainList(int seed, int largest)
    {
        await using var store = await StoreHost.OpenAsync();
        var random = new Random(seed);
        var model = new List<(long Step, double Value)>();
        var runId = "";
        long step = 0;
        for (var round = 0; round < 12; round++)
        {
            var points = new (long, double)[random.Next(1, largest)];
            for (var i = 0; i < points.Length; i++)
            {
                step += random.Next(200) switch { 0 => -random.Next(50), < 6 => 0, _ => random.Next(1, 3) };
                points[i] = (step, random.Next(300) == 0 ? double.NaN : Math.Round(random.NextDouble(), 6));
                if (model.Count > 0 && model[^1].Step == step) model[^1] = points[i];
                else model.Add(points[i]);
            }

            runId = (await store.PushAsync("r", "loss", points)).RunId;
            if (random.Next(3) == 0) await store.SealAsync();
            if (random.Next(5) == 0) await store.ReopenAsync();
            await CheckAsync(store, runId, model, random);
        }

        await using (var killed = await store.OpenCopyAsync()) await CheckAsync(killed, runId, model, random);
        await store.SealAsync();
        await CheckAsync(store, runId, model, random);
    }

    [Fact]
    public async Task Buckets_OfALongSealedSeries_AreExactAtEveryLevel()
    {
        await using var store = await StoreHost.OpenAsync();
        const int Total = 300_000;
        var random = new Random(5);
        var model = new (long Step, double Value)[Total];
        for (var i = 0; i < Total; i++) model[i] = (i * 2L, random.NextDouble());
        var runId = "";
        foreach (var part in model.Chunk(50_000)) runId = (await store.PushAsync("r", "loss", part)).RunId;
        await store.SealAsync();

        // 4: coarse entries. 40: chunks. 700: entries of 256. 5,000: points. The windows cross chunk and coarse boundaries.
        foreach (var points in new[] { 1, 4, 40, 700, 5000 })
        {
            foreach (var (from, to) in new (long?, long?)[] { (null, null), (1, 599_998), (65_530, 65_538), (100_001, 400_003), (599_999, null) })
            {
                var window = (await store.ReadAsync(runId, "loss", points, from, to))!;
                Check(window, [.. model.Where(p => (from is null || p.Step >= from) && (to is null || p.Step <= to))], points);
            }
        }
    }

    [Fact]
    public async Task Reads_WhileSealing_AlwaysSeeEachPointOnce()
    {
        await using var store = await StoreHost.OpenAsync();
        var runId = "";
        for (var round = 0; round < 30; round++)
        {
            var from = round * 500;
            runId = (await store.PushAsync("r", "loss", [.. Enumerable.Range(from, 500).Select(i => ((long)i, (double)i))])).RunId;
            var sealing = store.SealAsync();
            do
            {
                var window = (await store.ReadAsync(runId, "loss"))!;
                Assert.Equal(Enumerable.Range(0, from + 500).Select(i => (long)i), window.Steps);
            }
            while (!sealing.IsCompleted);
            await sealing;
        }
    }

    [Fact]
    public async Task Read_FlippedBitInAChunk_LosesThatChunkAlone()
    {
        await using var store = await StoreHost.OpenAsync();
        var receipt = await store.PushAsync("r", "loss", [.. Enumerable.Range(0, 20_000).Select(i => ((long)i, Math.Sin(i)))]);
        await store.SealAsync();
        await store.Engine.Writer.CommandAsync(session =>
        {
            using var read = new Statement(session.Connection, """SELECT d."Points" FROM "chunk_data" d JOIN "chunks" c ON c."DataKey" = d."Key" WHERE c."FirstIndex" = 8192""", 0);
            var bytes = (byte[])read.Scalar()!;
            bytes[bytes.Length / 2] ^= 4;
            using var write = new Statement(session.Connection,
                """UPDATE "chunk_data" SET "Points" = $1 WHERE "Key" = (SELECT "DataKey" FROM "chunks" WHERE "FirstIndex" = 8192)""", 1);
            return write.Execute(bytes);
        });

        var window = (await store.ReadAsync(receipt.RunId, "loss"))!;

        Assert.Equal([new DamagedRange(8192, 12287, 4096)], window.Damaged);
        Assert.Equal(Enumerable.Range(0, 20_000).Where(i => i is < 8192 or > 12287).Select(i => (long)i), window.Steps);
    }

    private static async Task CheckAsync(StoreHost store, string runId, List<(long Step, double Value)> model, Random random)
    {
        var all = (await store.ReadAsync(runId, "loss"))!;
        Assert.Equal(model.Select(p => p.Step), all.Steps);
        Assert.Equal(model.Select(p => p.Value), all.Values);
        Check((await store.ReadAsync(runId, "loss", 50))!, model, 50);
        var from = random.NextInt64(model.Max(p => p.Step));
        Check((await store.ReadAsync(runId, "loss", 300, from, from + 999))!, [.. model.Where(p => p.Step >= from && p.Step <= from + 999)], 300);

        var listed = (await store.Series.ListAsync(runId, CancellationToken.None))!.Single();
        var finite = model.Where(p => double.IsFinite(p.Value)).Select(p => p.Value).DefaultIfEmpty(double.NaN).ToList();
        Assert.Equal(
            new SeriesInfo("loss", RecordKind.Scalar, model.Count, model[0].Step, model[^1].Step, finite.Min(), finite.Max(), model[^1].Value), listed);
    }

    private static void Check(ScalarWindow window, IReadOnlyList<(long Step, double Value)> expected, int points)
    {
        Assert.Equal(expected.Count, window.Total);
        Assert.True(window.Steps.Length <= points, $"{window.Steps.Length} buckets, {points} asked");
        Assert.Equal(expected.Count == 0, window.Steps.Length == 0);
        if (expected.Count == 0) return;
        if (window.Steps.Length > 1) Assert.Equal(expected[0], (window.Steps[0], window.Values[0]));
        Assert.Equal(expected[^1], (window.Steps[^1], window.Values[^1]));
        Assert.Equal(expected.Count(p => !double.IsFinite(p.Value)), window.NonFinite.Sum());

        // Each bucket runs from its own point to the next one's, so its extremes can be checked against the list.
        var at = 0;
        for (var bucket = 0; bucket < window.Steps.Length; bucket++)
        {
            var end = bucket + 1 == window.Steps.Length ? expected.Count : Next(expected, at, window, bucket);
            var finite = expected.Skip(at).Take(end - at).Select(p => p.Value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToList();
            if (bucket + 2 < window.Steps.Length) Assert.Equal((finite.Min(), finite.Max()), (window.Min[bucket], window.Max[bucket]));
            at = end;
        }
    }

    // Where the next bucket's point stands in the list. The last bucket shows its last point, so the one before it has no end to be found.
    private static int Next(IReadOnlyList<(long Step, double Value)> expected, int at, ScalarWindow window, int bucket)
    {
        var i = at + 1;
        while (i < expected.Count && !(expected[i].Step == window.Steps[bucket + 1] && expected[i].Value.Equals(window.Values[bucket + 1]))) i++;
        return i;
    }
}
