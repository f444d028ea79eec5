namespace Dashboard.Storage.Tests;

/// <summary>How long the write-ahead log gets.</summary>
public sealed class LogTests
{
    private const int CheckpointPages = 64;
    private const int PageBytes = 4096;

    [Fact]
    public async Task Log_BeganAnew_IsCountedFromThereAndNotByItsFile()
    {
        await using var host = await StoreHost.OpenAsync(change: options => options.CheckpointPages = CheckpointPages);
        var path = Path.Combine(host.Folder, "lossboard.db-wal");
        var (grew, beganAnew) = (false, 0);
        var before = 0L;
        using var log = new LogFile(path);
        for (var i = 0; i < 200; i++)
        {
            await PushAsync(host, i * 100);
            // Nothing else writes: one moment.
            var frames = await host.Engine.Writer.CommandAsync(_ => log.Frames);
            if (frames < before) beganAnew++;
            grew |= frames > before;
            before = frames;
            Assert.InRange(frames, 1, CheckpointPages + 64);
        }

        Assert.True(grew);
        Assert.True(beganAnew > 2, $"It began anew {beganAnew} times.");
        Assert.InRange(log.Room, CheckpointPages, CheckpointPages + 64);
    }

    [Fact]
    public async Task Log_UnderReadsThatOverlapWithoutEnd_StaysWithinItsLimit()
    {
        const int most = 256;
        await using var host = await StoreHost.OpenAsync(change: options => (options.CheckpointPages, options.LogPages) = (CheckpointPages, most));
        await PushAsync(host, 0);
        using var stop = new CancellationTokenSource();
        // Each read begins before the one before it has ended, so at no moment is there none.
        var overlaps = 0;
        using var ended = new SemaphoreSlim(1);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await host.Engine.Database.ReadAsync(connection =>
                {
                    using var select = new Statement(connection, """SELECT count(*) FROM "inbox" """, 0);
                    select.Scalar();
                    var before = host.Health.Read()["last_seq"];
                    // Until some commits have passed, or the log is being cut and none can.
                    SpinWait.SpinUntil(() => stop.IsCancellationRequested || host.Health.Read()["last_seq"] > before + 20, TimeSpan.FromMilliseconds(200));
                    Interlocked.Increment(ref overlaps);
                    return true;
                }, CancellationToken.None);
            }
        })).ToArray();

        var longest = 0L;
        var log = new FileInfo(Path.Combine(host.Folder, "lossboard.db-wal"));
        for (var i = 1; i < 400; i++)
        {
            await PushAsync(host, i * 100);
            log.Refresh();
            longest = Math.Max(longest, log.Length / PageBytes);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.True(overlaps > 10);
        // It is looked at after commits, and again a quarter of a checkpoint later.
        Assert.InRange(longest, CheckpointPages, most + CheckpointPages);
    }

    private static Task<IngestReceipt> PushAsync(StoreHost host, int first) =>
        host.PushAsync("r", "loss", [.. Enumerable.Range(first, 100).Select(step => ((long)step, Math.Sin(step)))]);
}
