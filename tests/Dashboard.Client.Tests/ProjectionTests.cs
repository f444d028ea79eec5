using System.Runtime.InteropServices;

namespace Dashboard.Client.Tests;

public sealed class ProjectionTests : IDisposable
{
    private readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Embedding_WithASprite_NamesItAndItsThumbnails()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            Assert.True(await run.UploadArtifactAsync(new MemoryStream([1, 2, 3]), "sprites/e.png", "image"));
            run.LogEmbedding("e", [1, 2, 3, 4], 2, 6, sprite: new LossboardSprite("sprites/e.png", 28, 14));
            run.LogEmbedding("bad", [1, 2], 2, 6, sprite: new LossboardSprite("sprites/e.png", 0, 14));
        }

        var logged = Assert.Single(_fixture.Server.Records);
        Assert.Equal("""{"name":"sprites/e.png","width":28,"height":14}""", logged.GetProperty("sprite").GetRawText());
        Assert.Contains("0 × 14 pixels", Assert.Single(_fixture.Notices).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projection_IsAskedForOnceTheEmbeddingIsStored()
    {
        await using var run = LossboardRun.Start(_fixture.Options);
        run.LogEmbedding("e", [1, 2, 3, 4], 2, 6);

        var id = await run.ProjectAsync(new LossboardProjection { Tag = "e", Method = "tsne", Perplexity = 5, Name = "mine" });

        Assert.Equal("r1", id);
        Assert.Single(_fixture.Server.Records);
        Assert.Equal(
            """{"kind":"projection","project":"mnist","name":"mine","spec":{"method":"tsne","embedding":{"run_id":"r1","tag":"e"},"perplexity":5}}""",
            Assert.Single(_fixture.Server.Jobs).GetRawText());
    }

    [Fact]
    public async Task Coordinates_AreUploadedAndShownBesideTheirVectors()
    {
        await using var run = LossboardRun.Start(_fixture.Options);

        Assert.True(await run.UploadProjectionAsync("mine", LossboardTensor.Create<float>("x", [1, 2, 3, 4, 5, 6], 2, 3), "e", 6));
        await run.ProjectAsync(new LossboardProjection { Tag = "e", Step = 6, Coordinates = "mine" });

        var file = _fixture.Server.Artifacts["projections/mine.safetensors"];
        var (_, shape, bytes) = Safetensors.Read(file)["coordinates"];
        Assert.Equal([2, 3], shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        Assert.Equal(new Dictionary<string, string> { ["lossboard.embedding_tag"] = "e", ["lossboard.embedding_step"] = "6" }, Safetensors.Metadata(file));
        Assert.Equal(
            """{"method":"given","embedding":{"run_id":"r1","tag":"e","step":6},"coordinates":{"run_id":"r1","name":"projections/mine.safetensors","tensor":"coordinates"}}""",
            Assert.Single(_fixture.Server.Jobs).GetProperty("spec").GetRawText());
    }

    [Fact]
    public async Task WhatDoesNotFit_OrIsRefused_IsANotice()
    {
        await using var run = LossboardRun.Start(_fixture.Options);
        Assert.False(await run.UploadProjectionAsync("flat", LossboardTensor.Create<float>("x", [1, 2, 3])));
        Assert.Null(await run.ProjectAsync(new LossboardProjection()));
        _fixture.Server.Before = request => request.RequestUri!.AbsolutePath == "/api/v1/jobs" ? StandInServer.Problem(422, false, "too_large") : null;
        Assert.Null(await run.ProjectAsync(new LossboardProjection { Tag = "e" }));

        var said = _fixture.Notices.Select(notice => notice.Message).ToList();
        Assert.Contains("[vectors, 2]", said[0], StringComparison.Ordinal);
        Assert.Contains("Coordinates", said[1], StringComparison.Ordinal);
        Assert.Contains("too_large", said[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projection_WhileTheServerIsAway_IsNotAskedFor()
    {
        _fixture.Server.Before = _ => throw StandInServer.NoConnection();
        await using var run = LossboardRun.Start(_fixture.Impatient);
        run.LogEmbedding("e", [1, 2], 2, 0);

        Assert.Null(await run.ProjectAsync(new LossboardProjection { Tag = "e" }));

        Assert.Contains(_fixture.Notices, notice => notice.Message.Contains("has not stored", StringComparison.Ordinal));
        Assert.Empty(_fixture.Server.Jobs);
    }
}
