using System.Collections.Concurrent;

namespace Dashboard.Client.Tests;

/// <summary>A stand-in server, a spool folder of its own and the options to start runs over both.</summary>
internal sealed class RunFixture : IDisposable
{
    public string Spool { get; } = Directory.CreateTempSubdirectory("lossboard-client-").FullName;
    public StandInServer Server { get; } = new();
    public SkippingTime Time { get; } = new();
    public ConcurrentQueue<LossboardNotice> Notices { get; } = new();

    /// <summary>No request's time limit and no finish is skipped by the clock: both lie beyond its ten minutes.</summary>
    public LossboardOptions Options => new()
    {
        Server = new Uri("http://stand.in"),
        Project = "mnist",
        Run = "cnn/seed-1",
        SpoolFolder = Spool,
        MessageHandler = Server,
        Time = Time,
        Notices = Notices.Enqueue,
        RequestTimeout = TimeSpan.FromHours(1),
        FinishTimeout = TimeSpan.FromHours(1),
        Jitter = () => 0,
        SystemMetrics = false,
    };

    /// <summary>The same, but a flush gives up at once and leaves what it could not send on disk.</summary>
    public LossboardOptions Impatient => Options with { FinishTimeout = TimeSpan.Zero };

    public string[] Files(string pattern) => Directory.GetFiles(Spool, pattern, SearchOption.AllDirectories);

    public void Dispose()
    {
        Server.Dispose();
        Directory.Delete(Spool, recursive: true);
    }
}
