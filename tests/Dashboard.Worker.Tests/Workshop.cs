using System.Text.Json;
using Dashboard.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Worker.Tests;

/// <summary>A stand-in server and a worker that asks it, with engines of its own, in a folder of its own.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    // For waiting on what comes within seconds: a limit for a machine that does much else.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly ModelsFixture _models;
    private readonly HttpClient _http;
    private readonly Task _host;

    public Workshop(ModelsFixture models, Func<WorkerOptions, WorkerOptions>? change = null)
    {
        _models = models;
        var options = new WorkerOptions { Server = Server.Address, Scratch = Folder, Name = "test", Device = "cpu", Cores = 2, Memory = 2L << 30 };
        options = change?.Invoke(options) ?? options;
        _http = WorkerApi.CreateClient(options.Server, options.Key);
        _host = new WorkerHost(options, new WorkerApi(_http, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance).RunAsync(_stop.Token);
    }

    public StandInServer Server { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("lossboard-worker-").FullName;

    public CancellationToken Waiting => _limit.Token;

    /// <summary>Number of engines that stand ready or compute.</summary>
    public int Engines => Directory.Exists(Path.Combine(Folder, "engines")) ? Directory.GetDirectories(Path.Combine(Folder, "engines")).Length : 0;

    public ArtifactReference Put(string file, long? step = null) => Server.Put(file, _models.PathOf(file), step);

    public StandInJob Post(LandscapeSpec spec, IReadOnlyList<JobPart>? parts = null, string? backend = null) => Server.Post(JobKinds.Landscape, spec, ContractsJson.Default.LandscapeSpec, parts, backend);

    public StandInJob Post(ProjectionSpec spec, byte[]? vectors, IReadOnlyList<JobPart>? parts = null) => Server.Post(JobKinds.Projection, spec, ContractsJson.Default.ProjectionSpec, parts, vectors: vectors);

    public StandInJob Post(HessianSpec spec) => Server.Post(JobKinds.Hessian, spec, ContractsJson.Default.HessianSpec);

    public StandInJob Post(ProbeSpec spec) => Server.Post(JobKinds.Probe, spec, ContractsJson.Default.ProbeSpec);

    public StandInJob Post(WeightPcaSpec spec) => Server.Post(JobKinds.WeightPca, spec, ContractsJson.Default.WeightPcaSpec);

    public StandInJob Post(MonteCarloSpec spec, IReadOnlyList<JobPart>? parts = null) => Server.Post(JobKinds.MonteCarlo, spec, ContractsJson.Default.MonteCarloSpec, parts);

    public StandInJob Post(SaliencySpec spec) => Server.Post(JobKinds.Saliency, spec, ContractsJson.Default.SaliencySpec);

    public StandInJob Post(GradientsSpec spec) => Server.Post(JobKinds.Gradients, spec, ContractsJson.Default.GradientsSpec);

    public StandInJob Post(ActivationsSpec spec) => Server.Post(JobKinds.Activations, spec, ContractsJson.Default.ActivationsSpec);

    public async Task<JobEnd> EndOf(StandInJob job)
    {
        await job.Until(waited => waited.End is not null, Waiting);
        return job.End!;
    }

    public async Task<LandscapeView> ResultOf(LandscapeSpec spec) => Read(await EndOf(Post(spec)));

    public static LandscapeView Read(JobEnd end)
    {
        Assert.True(end.Error is null, end.Error);
        return end.Result!.Value.Deserialize(ContractsJson.Default.LandscapeView)!;
    }

    /// <summary>The failure of a job.</summary>
    public async Task<(string Code, string Error)> FailureOf(StandInJob job)
    {
        var end = await EndOf(job);
        Assert.Null(end.Result);
        return (end.ErrorCode!, end.Error!);
    }

    /// <summary>Stops the worker as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        // A limit of its own: a test that has run into the other one is to fail with what it waited for.
        await _host.WaitAsync(Limit, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Server.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
        _limit.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
