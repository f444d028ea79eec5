using System.Diagnostics;
using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

[Collection(ModelsGroup.Name)]
public sealed class LeaseTests(ModelsFixture models)
{
    private static LandscapeSpec Long(Workshop shop) => new()
    {
        Model = shop.Put("slow.pt"),
        Batch = shop.Put("slow_batch.safetensors"),
        Loss = "cross_entropy",
        Directions = new DirectionsSpec { Kind = "random" },
        X = new AxisSpec { Points = 101 },
        Y = new AxisSpec { Points = 101 },
        Preview = false,
    };

    [Fact]
    [Trait("Category", "Slow")]
    public async Task CancelledJob_StopsItsEngineAndTakesTheNextJob()
    {
        await using var shop = new Workshop(models);
        var job = shop.Post(Long(shop));
        await job.Until(waited => waited.Parts.Any(part => part.Stage == "loss"), shop.Waiting);
        var asked = shop.Server.Asked.Count;

        job.Cancel();
        // A lane asks again only when the engine of its last job is gone.
        await shop.Server.Until(() => shop.Server.Asked.Count > asked, shop.Waiting);

        Assert.Equal(1, shop.Engines);
        Assert.Null(job.End);
        var probe = await shop.EndOf(shop.Post(new ProbeSpec { Model = shop.Put("quadratic.pt"), Batch = shop.Put("one.safetensors"), Loss = "output" }));
        Assert.Null(probe.Error);
    }

    [Fact]
    public async Task EndlessModule_Cancelled_IsKilled()
    {
        await using var shop = new Workshop(models);
        var job = shop.Post(new ProbeSpec { Model = shop.Put("endless.pt"), Batch = shop.Put("four_classes.safetensors"), Loss = "cross_entropy" });
        await job.Until(waited => waited.Reports.Any(report => report.Message == "Loading the batch"), shop.Waiting);
        var asked = shop.Server.Asked.Count;

        job.Cancel();
        await shop.Server.Until(() => shop.Server.Asked.Count > asked, shop.Waiting);

        Assert.Equal(1, shop.Engines);
    }

    [Fact]
    public async Task StoppingWorker_GivesItsJobBackWithTheFinishedTiles()
    {
        await using var shop = new Workshop(models);
        var job = shop.Post(Long(shop));
        await job.Until(waited => waited.Parts.Count(part => part.Stage == "loss") > 1, shop.Waiting);

        await shop.StopAsync();

        Assert.True(job.End!.GivenBack);
        Assert.Null(job.End.Error);
        Assert.Equal(0, shop.Engines);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task ServerThatGoesAwayAndComesBack_GetsEverything()
    {
        await using var shop = new Workshop(models);
        var job = shop.Post(Long(shop) with { X = new AxisSpec { Points = 6 }, Y = new AxisSpec { Points = 4 } });
        await job.Until(waited => waited.Parts.Any(part => part.Stage == "loss"), shop.Waiting);

        shop.Server.Away = true;
        await shop.Server.Until(() => shop.Server.Refused > 1, shop.Waiting);
        var parts = job.Parts.Count;
        shop.Server.Away = false;
        var view = Workshop.Read(await shop.EndOf(job));

        Assert.True(parts < 25);
        Assert.Equal(24, view.Loss.Sum(row => row.Count));
        Assert.DoesNotContain(view.Loss.SelectMany(row => row), double.IsNaN);
    }

    [Fact]
    public async Task Inputs_OfASecondJob_AreNotReadAgain()
    {
        await using var shop = new Workshop(models);
        var spec = new ProbeSpec { Model = shop.Put("quadratic.pt"), Batch = shop.Put("one.safetensors"), Loss = "output" };
        await shop.EndOf(shop.Post(spec));
        var cached = Directory.GetFiles(Path.Combine(shop.Folder, "inputs")).Order().ToList();

        await shop.EndOf(shop.Post(spec));

        Assert.Equal(2, cached.Count);
        Assert.Equal(cached, Directory.GetFiles(Path.Combine(shop.Folder, "inputs")).Order());
    }

    [Fact]
    public async Task Key_IsSentAsABearerToken()
    {
        await using var shop = new Workshop(models, options => options with { Key = "lb_secret" });

        await shop.Server.UntilAsked(request => request.Kinds!.Count == JobKinds.All.Count, shop.Waiting);

        Assert.Equal("Bearer lb_secret", shop.Server.Authorization);
        var asked = shop.Server.Asked[^1];
        Assert.Equal("test", asked.Name);
        Assert.Equal("cpu", asked.Lane);
        Assert.True(asked.Problem is null, asked.Problem);
    }

    [Fact]
    public async Task WithoutWalls_OnPurpose_ItComputes()
    {
        await using var shop = new Workshop(models, options => options with { Walls = false });

        var end = await shop.EndOf(shop.Post(new ProbeSpec { Model = shop.Put("mlp.pt"), Batch = shop.Put("mlp_batch.safetensors"), Loss = "cross_entropy" }));

        var view = end.Result!.Value.Deserialize(ContractsJson.Default.ProbeView)!;
        Assert.Equal(203, view.Samples);
        Assert.Equal(12 * 16 + 16 + 16 * 5 + 5, view.Parameters);
        Assert.True(view.HasAccuracy);
        Assert.True(view.SecondsPerPoint > 0);
        Assert.True(view.SecondsPerProduct > 0);
        Assert.Equal(2, view.Workers);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Process_WhoseParentDies_Stops()
    {
        await using var server = new StandInServer();
        var scratch = Directory.CreateTempSubdirectory("lossboard-worker-").FullName;
        using var parent = Process.Start("sleep", "600");
        var program = Path.Combine(AppContext.BaseDirectory, "Dashboard.Worker.dll");
        using var worker = Process.Start(new ProcessStartInfo(
            "dotnet", [program, "--server", server.Address.AbsoluteUri, "--scratch", scratch, "--parent", $"{parent.Id}"])
        { RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await server.UntilAsked(request => request.Kinds!.Count == JobKinds.All.Count, limit.Token);

        parent.Kill();
        await worker.WaitForExitAsync(limit.Token);

        Assert.Equal(0, worker.ExitCode);
        Directory.Delete(scratch, recursive: true);
    }
}
