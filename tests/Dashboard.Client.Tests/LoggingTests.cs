namespace Dashboard.Client.Tests;

public sealed class LoggingTests : IDisposable
{
    private readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Log_NonFiniteAndExtremeValues_ArriveAsTheyAre()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue];
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            foreach (var value in values)
                run.Log("x", value, long.MinValue);
        }

        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), _fixture.Server.Points.Select(p => BitConverter.DoubleToInt64Bits(p.Value)));
        Assert.All(_fixture.Server.Points, p => Assert.Equal(long.MinValue, p.Step));
    }

    [Fact]
    public async Task Log_ManyThreads_NothingLostAndEachThreadInOrder()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            {
                // 8 × 5,000 fit in the queue, so nothing may be dropped however the threads are scheduled.
                for (var step = 0; step < 5000; step++)
                    run.Log($"t{thread}", thread, step);
            })));
        }

        Assert.Equal(40_000, _fixture.Server.Points.Count);
        foreach (var group in _fixture.Server.Points.GroupBy(p => p.Tag))
            Assert.Equal(Enumerable.Range(0, 5000).Select(i => (long)i), group.Select(p => p.Step));
    }

    [Fact]
    public async Task Log_TenThousandCalls_AllocateLessThanAByteEach()
    {
        await using var run = LossboardRun.Start(_fixture.Options);
        run.Log("loss", 0, 0);
        run.Log(0, ("a", 1), ("b", 2));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 5000; step++)
        {
            run.Log("loss", 1, step);
            run.Log(step, ("a", 1), ("b", 2));
        }

        // Waking the background loop may allocate a work item now and then; an allocation a call would be 24 bytes at least.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public async Task Log_ServerHangsAndMemoryIsSmall_SpillsToDiskAndLosesNothing()
    {
        var hang = new TaskCompletionSource();
        await using (var run = LossboardRun.Start(_fixture.Impatient with { MessageHandler = new HangingHandler(hang.Task, _fixture.Server), MemoryBytes = 1000 }))
        {
            for (var part = 0; part < 20; part++)
            {
                for (var step = 0; step < 1000; step++)
                    run.Log("loss", 0.5, part * 1000 + step);
                Assert.False(await run.FlushAsync());
            }

            Assert.True(_fixture.Files("*.batch").Length >= 20);
            hang.SetResult();
            while (!await run.FlushAsync())
            {
            }
        }

        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (long)i), _fixture.Server.Points.Select(p => p.Step));
        Assert.DoesNotContain(_fixture.Notices, n => n.Level == LossboardNoticeLevel.Error);
    }

    [Fact]
    public void Queue_Full_TurnsAwayAndCounts()
    {
        var queue = new EventQueue(16, 100, 16);
        for (var i = 0; i < 20; i++)
            Assert.Equal(i < 16, queue.TryAdd(new LoggedEvent("a", i, 0, 0, null)));
        Assert.Equal(4, queue.TakeDropped());
        Assert.Equal(0, queue.TakeDropped());

        var items = new LoggedEvent[10];
        Assert.Equal(10, queue.Drain(items));
        for (var i = 20; i < 30; i++)
            Assert.True(queue.TryAdd(new LoggedEvent("a", i, 0, 0, null)));
        Assert.Equal(10, queue.Drain(items));
        Assert.Equal([10, 11, 12, 13, 14, 15, 20, 21, 22, 23], items.Select(item => item.Step));
    }

    [Fact]
    public void Queue_PayloadBytesFull_TurnsAwayPayloadsButTakesScalars()
    {
        var queue = new EventQueue(16, 100, 16);
        Assert.True(queue.TryAdd(new LoggedEvent("a", 0, 0, 0, new byte[80])));
        Assert.False(queue.TryAdd(new LoggedEvent("a", 0, 0, 0, new byte[30])));
        Assert.True(queue.TryAdd(new LoggedEvent("a", 0, 0, 0, null)));
        Assert.Equal(1, queue.TakeDropped());
    }

    [Fact]
    public async Task Log_BadTags_OnlyTheirEventsAreDropped()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            run.Log("good", 1, 1);
            run.Log("", 1, 1);
            run.Log(null!, 1, 1);
            run.Log("a\nb", 1, 1);
            run.Log(new string('é', 257), 1, 1);
            run.Log("\ud800", 1, 1);
            run.LogText("a\0", "x");
            run.LogText("text", null!);
            run.LogText("text", new string('é', (1 << 19) + 1));
            run.LogEmbedding("e", new float[5], 2, 1);
            run.LogPredictions("p", [1, 2], [0.5f, 0.5f, 0.5f], 1);
        }

        Assert.Equal(["good"], _fixture.Server.Points.Select(p => p.Tag));
        Assert.Empty(_fixture.Server.Records);
        Assert.Equal(5, _fixture.Notices.Count(n => n.EventId == 4006));
        Assert.Equal(4, _fixture.Notices.Count(n => n.EventId == 4010));
    }

    [Fact]
    public async Task LogRecords_EveryKind_ArrivesInTheContractsShape()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            run.LogHistogram("w", [0, 1, 2, float.NaN], 3);
            run.LogText("notes", "<b>", 4);
            run.LogLabels("train", new Dictionary<string, long> { ["cat"] = 900 });
            run.LogPredictions("val", [0, 1], [0.9f, 0.1f, 0.2f, 0.8f], 5, [0.1f, float.PositiveInfinity], ["a", "b"], ["cat", "dog"], new LossboardSprite("s.png", 8, 4));
            run.LogRegression("price", [1, 2], [1.5f, 2.5f], 5);
            run.LogRegression("price", [1, 2], [1.5f], 6);
            run.LogEmbedding("e", [1, 2, 3, 4], 2, 6, new Dictionary<string, IReadOnlyList<string>> { ["label"] = ["x", "y"] });
            using (run.Phase("load"))
            {
            }
        }

        var records = _fixture.Server.Records;
        Assert.Equal(["histogram", "text", "labels", "predictions", "predictions", "embedding", "phase"], records.Select(r => r.GetProperty("type").GetString()));
        Assert.Equal(65, records[0].GetProperty("edges").GetArrayLength());
        Assert.Equal(3, records[0].GetProperty("counts").EnumerateArray().Sum(c => c.GetInt64()));
        Assert.Equal("<b>", records[1].GetProperty("text").GetString());
        Assert.Equal(900, records[2].GetProperty("counts").GetProperty("cat").GetInt64());
        Assert.Equal("[[0.9,0.1],[0.2,0.8]]", records[3].GetProperty("scores").GetRawText());
        Assert.Equal("Infinity", records[3].GetProperty("losses")[1].GetString());
        Assert.Equal("""["cat","dog"]""", records[3].GetProperty("classes").GetRawText());
        Assert.Equal("""{"name":"s.png","width":8,"height":4}""", records[3].GetProperty("sprite").GetRawText());
        Assert.Equal(("[[1],[2]]", "[[1.5],[2.5]]"), (records[4].GetProperty("targets").GetRawText(), records[4].GetProperty("scores").GetRawText()));
        Assert.Equal("""{"label":["x","y"]}""", records[5].GetProperty("metadata").GetRawText());
        Assert.True(records[6].GetProperty("ended").GetDouble() >= records[6].GetProperty("started").GetDouble());
    }

    [Fact]
    public async Task LogText_LargeBody_GoesCompressed()
    {
        var text = string.Concat(Enumerable.Repeat("loss ", 10_000));
        await using (var run = LossboardRun.Start(_fixture.Options))
            run.LogText("notes", text);
        Assert.True(_fixture.Server.SawGzip);
        Assert.Equal(text, _fixture.Server.Records.Single().GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(7f)]
    [InlineData(1e30f)]
    public void Histogram_AllValuesEqual_CountedInOneBin(float value)
    {
        var (edges, counts) = HistogramBins.Count([value, value, value])!.Value;
        Assert.Equal(3, Assert.Single(counts, c => c > 0));
        Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void Histogram_KnownValues_FallWhereTheyBelong()
    {
        var (edges, counts) = HistogramBins.Count([0, 0.5f, 63.5f, 64])!.Value;
        Assert.Equal(Enumerable.Range(0, 65).Select(i => (double)i), edges);
        Assert.Equal((2, 2), (counts[0], counts[63]));
        Assert.Null(HistogramBins.Count([float.NaN]));
    }

    [Fact]
    public void Start_WrongOptions_NamesAll()
    {
        var error = Assert.Throws<ArgumentException>(() => LossboardRun.Start(_fixture.Options with
        {
            Server = new Uri("ftp://x"),
            Project = "",
            Run = "a\tb",
            BatchPoints = 0,
        }));
        foreach (var name in new[] { "Server", "Project", "Run", "BatchPoints" })
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LossboardRun.Start(_fixture.Options with { Config = "text" }));
    }

    private sealed class HangingHandler(Task until, HttpMessageHandler then) : DelegatingHandler(then)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await until.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
