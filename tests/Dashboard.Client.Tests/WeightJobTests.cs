namespace Dashboard.Client.Tests;

public sealed class WeightJobTests : IDisposable
{
    private readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Path_IsAskedForWithWhatIsNotLeftToTheServer()
    {
        await using var run = LossboardRun.Start(_fixture.Options);

        Assert.Equal("r1", await run.ComputeWeightPcaAsync(new LossboardWeightPca { Dims = 3, Clusters = 0, Name = "mine" }));

        Assert.Equal("""{"kind":"weight_pca","project":"mnist","name":"mine","spec":{"run_id":"r1","dims":3,"clusters":0}}""", Assert.Single(_fixture.Server.Jobs).GetRawText());
    }

    [Fact]
    public async Task Samples_NameTheRunsFiles()
    {
        await using var run = LossboardRun.Start(_fixture.Options);

        await run.ComputeMonteCarloAsync(new LossboardMonteCarlo { Sampler = "swag", Samples = 50, Checkpoints = ["a", "b", "c"], Center = "a", StepSize = 0.5 });

        Assert.Equal(
            """{"model":{"run_id":"r1","name":"model.pt"},"batch":{"run_id":"r1","name":"batch.safetensors"},"loss":"cross_entropy","sampler":"swag","samples":50,"center":{"run_id":"r1","name":"a"},"checkpoints":["a","b","c"],"step_size":0.5}""",
            Assert.Single(_fixture.Server.Jobs).GetProperty("spec").GetRawText());
    }

    [Fact]
    public async Task Refusal_IsANotice()
    {
        await using var run = LossboardRun.Start(_fixture.Options);
        _fixture.Server.Before = request => request.RequestUri!.AbsolutePath == "/api/v1/jobs" ? StandInServer.Problem(422, false, "too_few_checkpoints") : null;

        Assert.Null(await run.ComputeWeightPcaAsync(new LossboardWeightPca()));
        Assert.Null(await run.ComputeMonteCarloAsync(null!));

        var said = _fixture.Notices.Select(notice => notice.Message).ToList();
        Assert.Contains("too_few_checkpoints", said[0], StringComparison.Ordinal);
        Assert.Equal(2, said.Count);
    }
}
