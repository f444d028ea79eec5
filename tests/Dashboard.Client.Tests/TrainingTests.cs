namespace Dashboard.Client.Tests;

public sealed class TrainingTests : IDisposable
{
    private readonly RunFixture _fixture = new();
    private readonly string _proc = Directory.CreateTempSubdirectory("lossboard-proc-").FullName;

    public void Dispose()
    {
        _fixture.Dispose();
        Directory.Delete(_proc, recursive: true);
    }

    [Fact]
    public async Task LogLoss_OfTerms_IsTheirSum()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            run.LogLoss(3, 0.5, l2: 0.125);
            run.LogLoss(4, 0.25, l1: 0.5, tag: "val/loss", others: ("margin", 1));
        }

        Assert.Equal(
            [("train/loss", 3L, 0.625), ("train/loss/data", 3, 0.5), ("train/loss/l2", 3, 0.125), ("val/loss", 4, 1.75), ("val/loss/data", 4, 0.25), ("val/loss/l1", 4, 0.5), ("val/loss/margin", 4, 1)],
            _fixture.Server.Points.Select(point => (point.Tag, point.Step, point.Value)).Order());
    }

    [Fact]
    public async Task UploadCheckpoint_WithAnOrigin_SaysItInHeaders()
    {
        var said = new List<string>();
        _fixture.Server.Before = request =>
        {
            lock (said)
                said.AddRange(request.Headers.Where(header => header.Key.StartsWith("Artifact-", StringComparison.Ordinal)).Select(header => $"{header.Key}: {header.Value.Single()}"));
            return null;
        };
        var weights = new[] { LossboardTensor.Create<float>("w", [1, 2]) };
        await using (var run = LossboardRun.Start(_fixture.Options))
            Assert.True(await run.UploadCheckpointAsync(weights, 10, origin: new LossboardOrigin("best", "val/löss", double.NaN, "min")));
        Assert.Equal(
            ["Artifact-Metric-Goal: min", "Artifact-Metric-Value: NaN", "Artifact-Metric: val%2Fl%C3%B6ss", "Artifact-Reason: best", "Artifact-Step: 10", "Artifact-Type: checkpoint"],
            said.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("because", null, null, null, "the reason must be one of")]
    [InlineData(null, null, 1.0, null, "need a metric")]
    [InlineData(null, "loss", null, null, "needs its value")]
    [InlineData(null, "loss", 1.0, "low", "the goal must be min or max")]
    public async Task UploadCheckpoint_WithABadOrigin_IsLeftOutWithTheReason(string? reason, string? metric, double? value, string? goal, string words)
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
            Assert.False(await run.UploadCheckpointAsync([LossboardTensor.Create<float>("w", [1])], 1, origin: new LossboardOrigin(reason, metric, value, goal)));
        Assert.Contains(words, Assert.Single(_fixture.Notices).Message, StringComparison.Ordinal);
        Assert.Empty(_fixture.Server.Artifacts);
    }

    [Fact]
    public void Measures_BetweenTwoLooks_AreSharesAndRates()
    {
        var time = new StepTime();
        Write(100, 900, 0, 0);
        using var measures = new MachineMeasures(_proc, time, new PlayedGpu());
        Write(130, 970, 4096, 2048);
        time.Seconds = 2;
        var taken = measures.Take().ToDictionary();
        Assert.Equal((30.0, 75.0), (taken["cpu_percent"], taken["memory_percent"]));
        // sda alone reads, sda and nvme0n1 write; partitions and mapped devices are theirs.
        Assert.Equal((1 << 20, 1 << 20), (taken["disk_read_bytes_per_second"], taken["disk_write_bytes_per_second"]));
        Assert.True(taken["process_memory_bytes"] > 1 << 20);
        Assert.InRange(taken["disk_percent"], 0, 100);
        Assert.Equal(87, taken["gpu/0/percent"]);
    }

    [Fact]
    public void Measures_WhatIsNotThere_IsLeftOut()
    {
        File.WriteAllText(Path.Combine(_proc, "meminfo"), "nonsense\n");
        using var measures = new MachineMeasures(_proc, TimeProvider.System, null);
        Assert.Equal(["disk_percent", "process_memory_bytes"], measures.Take().Select(one => one.Name).Order());
    }

    [Fact]
    public void Metrics_EachSample_CountsOn()
    {
        Write(0, 0, 0, 0);
        var logged = new List<(string Tag, double Value, long Step)>();
        using var metrics = new MachineMetrics(new MachineMeasures(_proc, _fixture.Time, null), _fixture.Time, TimeSpan.FromDays(1), (tag, value, step) => logged.Add((tag, value, step)), new Notifier(null));
        metrics.Sample();
        metrics.Sample();
        Assert.Equal([0L, 1], logged.Where(one => one.Tag == "system/memory_percent").Select(one => one.Step));
    }

    private void Write(int busy, int idle, int read, int written)
    {
        string Disk(int minor, string name, int reads) => $"   8 {minor} {name} 1 0 {reads} 0 1 0 {written} 0 0 0 0\n";
        File.WriteAllText(Path.Combine(_proc, "stat"), $"cpu  {busy} 0 0 {idle} 0 0 0 0 99 0\ncpu0 1 1 1 1\n");
        File.WriteAllText(Path.Combine(_proc, "meminfo"), "MemTotal:       1000 kB\nMemFree:          10 kB\nMemAvailable:    250 kB\n");
        File.WriteAllText(Path.Combine(_proc, "diskstats"), Disk(0, "sda", read) + Disk(1, "sda1", read) + Disk(2, "dm-0", read) + Disk(3, "nvme0n1", 0) + Disk(4, "nvme0n1p1", 0));
    }

    private sealed class PlayedGpu : IGpuLoad
    {
        public IEnumerable<(string Name, double Value)> Take() => [("gpu/0/percent", 87)];

        public void Dispose()
        {
        }
    }

    private sealed class StepTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
