using System.Diagnostics;
using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

/// <summary>A worker on a machine without libtorch.</summary>
public sealed class WithoutTorchTests : IAsyncLifetime
{
    private readonly StandInServer _server = new();
    private readonly string _scratch = Directory.CreateTempSubdirectory("lossboard-worker-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));
    private Process? _worker;

    public Task InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Dashboard.Worker.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--server", _server.Address.AbsoluteUri, "--scratch", _scratch, "--device", "cpu"]) { RedirectStandardError = true };
        // As where it was never built.
        start.Environment["LOSSBOARD_TORCH_BRIDGE"] = Path.Combine(_scratch, "none.so");
        _worker = Process.Start(start);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _worker!.Kill(entireProcessTree: true);
        await _worker.WaitForExitAsync();
        _worker.Dispose();
        _limit.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
    }

    [Fact]
    public async Task Worker_TakesWhatNeedsNoModel_AndSaysWhatIsMissing()
    {
        var spec = new ProjectionSpec { Method = "pca" };
        var job = _server.Post(JobKinds.Projection, spec, ContractsJson.Default.ProjectionSpec, vectors: Tensors.Of(("vectors", VectorsOf.Clusters(50, 5))));

        await job.Until(waited => waited.End is not null, _limit.Token);

        Assert.True(job.End!.Result is not null, job.End.Error);
        var asked = _server.Asked[0];
        Assert.Equal([JobKinds.Projection, JobKinds.WeightPca], asked.Kinds!);
        Assert.Null(asked.Engine);
        Assert.StartsWith("libtorch is missing: ", asked.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoints_AreComparedAllTheSame()
    {
        foreach (var (name, x) in new[] { ("a", 0.0), ("b", 1), ("c", 3) }) _server.Put(name, Tensors.Of("w", x, 2 * x), step: (long)x);
        var job = _server.Post(JobKinds.WeightPca, new WeightPcaSpec { RunId = StandInServer.Run, Checkpoints = ["a", "b", "c"] }, ContractsJson.Default.WeightPcaSpec);

        await job.Until(waited => waited.End is not null, _limit.Token);

        var view = job.End!.Result!.Value.Deserialize(ContractsJson.Default.WeightPcaView)!;
        Assert.Equal(3 * Math.Sqrt(5), view.Displacement, 1e-6);
    }

    [Fact]
    public async Task Features_FailWithTheReason()
    {
        var model = _server.Put("model.pt", [1]);
        var spec = new ProjectionSpec { Method = "pca", Features = new FeaturesReference { Model = model, Batch = model } };
        var job = _server.Post(JobKinds.Projection, spec, ContractsJson.Default.ProjectionSpec);

        await _server.Until(() => job.End is not null, _limit.Token);

        Assert.Equal("engine_failed", job.End!.ErrorCode);
        Assert.Contains("libtorch", job.End.Error, StringComparison.Ordinal);
    }
}
