using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>A share link reads its runs, and where it names tags, their series alone.</summary>
public sealed class SharedReadTests(TwoProjects projects) : IClassFixture<TwoProjects>
{
    private string Run => $"/api/v1/runs/{projects.Ours.Run}";

    [Fact]
    public async Task Share_Lists_HoldItsProjectAndRunsAlone()
    {
        using var client = projects.As("share");
        var project = Assert.Single((await client.GetAsync("/api/v1/projects", 200)).GetProperty("items").EnumerateArray());
        Assert.Equal(("ours", 1), (project.Text("name"), project.GetProperty("runs").GetInt32()));
        foreach (var path in (string[])["/api/v1/runs", "/api/v1/runs?project=ours", "/api/v1/runs?query=name~%22%22", "/api/v1/runs?project=ours&query=created>0"])
            Assert.Equal(projects.Ours.Run, Assert.Single((await client.GetAsync(path, 200)).GetProperty("items").EnumerateArray()).Text("id"));
        Assert.Equal(0, (await client.GetAsync("/api/v1/runs?project=theirs", 200)).GetProperty("items").GetArrayLength());
        var table = await client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", """{"project":"ours","columns":["summary(\"loss\").last","config.lr"]}""", 200);
        Assert.Equal((1, 1), (table.GetProperty("total").GetInt32(), table.GetProperty("matched").GetInt32()));
        Assert.Equal(0.25, table.GetProperty("columns").Array<double>("summary(\"loss\").last").Single());
        var fields = await client.GetAsync("/api/v1/runs/fields?project=ours", 200);
        Assert.Equal(["loss", "lr", "secret"], fields.GetProperty("metrics").EnumerateArray().Select(one => one.Text("tag")).Order());
        Assert.All(fields.GetProperty("metrics").EnumerateArray(), one => Assert.Equal(1, one.GetProperty("runs").GetInt32()));
        Assert.Contains(projects.Ours.Job, (await client.GetAsync("/api/v1/jobs?project=ours", 200)).GetProperty("items").EnumerateArray().Select(one => one.Text("id")));
        Assert.Equal(0, (await client.GetAsync("/api/v1/jobs", 200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task ShareOfATag_Reads_HoldItsSeriesAlone()
    {
        using var client = projects.As("share of a tag");
        Assert.Equal(["e", "h", "loss"], (await client.GetAsync($"{Run}/series", 200)).GetProperty("items").EnumerateArray().Select(one => one.Text("tag")).Order());
        Assert.Equal(["loss"], (await client.GetAsync(Run, 200)).GetProperty("summary").EnumerateObject().Select(one => one.Name));
        Assert.Equal(["loss"], (await client.GetAsync("/api/v1/runs", 200)).GetProperty("items")[0].GetProperty("summary").EnumerateObject().Select(one => one.Name));
        await client.GetAsync($"{Run}/scalars?tag=loss", 200);
        await client.GetAsync($"{Run}/histograms?tag=h", 200);
        await client.GetAsync($"{Run}/embeddings?tag=e", 200);
        foreach (var path in (string[])["scalars?tag=secret", "histograms?tag=secret-h", "texts?tag=t", "predictions?tag=p", "samples?tag=p", "classification?tag=p", "scalars?tag=loss&tag=secret"])
            Assert.Equal("series_not_found", (await client.GetAsync($"{Run}/{path}", 404)).Text("code"));
        foreach (var path in (string[])["labels", "phases", "process", "diagnosis", "checkpoints"])
            await client.GetAsync($"{Run}/{path}", 403);
    }

    [Fact]
    public async Task ShareOfATag_Queries_HoldItsSeriesAlone()
    {
        using var client = projects.As("share of a tag");
        Assert.Equal(["loss"], await TagsAsync("/api/v1/scalars/query", ""));
        Assert.Equal(["loss"], await TagsAsync("/api/v1/scalars/query", ""","tags":["secret","loss"]"""));
        Assert.Equal(["h"], await TagsAsync("/api/v1/histograms/query", ""","tags":["h","secret-h"]"""));
        Assert.Empty(await TagsAsync("/api/v1/predictions/query", ""","tags":["p"]"""));
        Assert.Empty(await TagsAsync("/api/v1/scalars/join", ""","x":"loss","y":"secret" """));
        var tags = await client.SendAsync(HttpMethod.Post, "/api/v1/series/tags", $$"""{"run_ids":["{{projects.Ours.Run}}","{{projects.Second}}"]}""", 200);
        Assert.Equal(["loss"], tags.GetProperty("types").Array<string>("scalar"));
        Assert.Empty(tags.GetProperty("types").Array<string>("text"));
        Assert.Empty((await client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/query", $$"""{"run_ids":["{{projects.Ours.Run}}"]}""", 200)).GetProperty("runs").EnumerateArray());
        var table = await client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", """{"project":"ours","columns":["summary(\"loss\").last","summary(\"secret\").last"]}""", 200);
        Assert.Equal(JsonValueKind.Number, table.GetProperty("columns").GetProperty("summary(\"loss\").last")[0].ValueKind);
        Assert.Equal(JsonValueKind.Null, table.GetProperty("columns").GetProperty("summary(\"secret\").last")[0].ValueKind);
        Assert.Equal(0, (await client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", """{"project":"ours","query":"summary(\"secret\").last > 0"}""", 200)).GetProperty("matched").GetInt32());
        Assert.Equal(["loss"], (await client.GetAsync("/api/v1/runs/fields?project=ours", 200)).GetProperty("metrics").EnumerateArray().Select(one => one.Text("tag")));

        async Task<List<string>> TagsAsync(string path, string more) =>
            [.. (await client.SendAsync(HttpMethod.Post, path, $$"""{"run_ids":["{{projects.Ours.Run}}","{{projects.Second}}"]{{more}}}""", 200)).GetProperty("series").EnumerateArray().Select(one => one.TryGetProperty("tag", out var tag) ? tag.GetString()! : "joined")];
    }

    [Fact]
    public async Task Share_Artifacts_ArePicturesAlone()
    {
        using var whole = projects.As("share");
        Assert.Equal(["images/loss/1.png", "images/secret/1.png"], await NamesAsync(whole));
        using var picture = await whole.GetAsync($"{Run}/artifacts/images/secret/1.png");
        Assert.Equal(200, (int)picture.StatusCode);
        await whole.GetAsync($"{Run}/artifacts/w.safetensors", 404);
        await whole.GetAsync($"{Run}/artifacts/model.pt", 404);
        using var part = projects.As("share of a tag");
        Assert.Equal(["images/loss/1.png"], await NamesAsync(part));
        await part.GetAsync($"{Run}/artifacts/images/secret/1.png", 404);

        async Task<List<string>> NamesAsync(HttpClient client)
        {
            var listed = (await client.GetAsync($"{Run}/artifacts", 200)).GetProperty("items").EnumerateArray().Select(one => one.Text("name")!).Order(StringComparer.Ordinal).ToList();
            var asked = (await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/query", $$"""{"run_ids":["{{projects.Ours.Run}}","{{projects.Second}}"]}""", 200)).GetProperty("runs").EnumerateArray().ToList();
            Assert.Equal(listed, Assert.Single(asked).GetProperty("items").EnumerateArray().Select(one => one.Text("name")!).Order(StringComparer.Ordinal));
            return listed;
        }
    }

    [Fact]
    public async Task ShareOfATag_Job_IsSeenWhereItsSourceIs()
    {
        using var part = projects.As("share of a tag");
        await part.GetAsync($"/api/v1/jobs/{projects.Ours.Job}", 200);
        using var server = projects.As("server");
        var job = (await server.SendAsync(HttpMethod.Post, "/api/v1/jobs",
            $$$"""{"project":"ours","kind":"projection","spec":{"method":"pca","predictions":{"run_id":"{{{projects.Ours.Run}}}","tag":"p"} } }""", 202)).Text("id");
        await part.GetAsync($"/api/v1/jobs/{job}", 404);
        using var whole = projects.As("share");
        await whole.GetAsync($"/api/v1/jobs/{job}", 200);
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{job}", null, 200);
    }

    [Fact]
    public async Task Answer_ToALink_IsKeptNowhereAndSaysNothingOfWhereItWas()
    {
        using var client = projects.As("share");
        foreach (var path in (string[])[Run, $"{Run}/artifacts/images/loss/1.png", $"/api/v1/jobs/{projects.Ours.Job}"])
        {
            using var response = await client.GetAsync(path);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal((true, true, "no-referrer"), (response.Headers.CacheControl!.NoStore, response.Headers.CacheControl.Private, response.Headers.GetValues("Referrer-Policy").Single()));
        }
        using var viewer = projects.As("viewer");
        using var read = await viewer.GetAsync(Run);
        Assert.True(read.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task LinkOfAMemberElsewhere_AddsItsRunsToReadsAndNothingToWrites()
    {
        using var client = projects.As("both");
        Assert.Equal(["ours", "theirs"], (await client.GetAsync("/api/v1/projects", 200)).GetProperty("items").EnumerateArray().Select(one => one.Text("name")).Order());
        Assert.Equal(2, (await client.GetAsync("/api/v1/runs", 200)).GetProperty("items").GetArrayLength());
        await client.GetAsync(Run, 200);
        await client.SendAsync(HttpMethod.Patch, Run, """{"notes":"mine"}""", 404);
        await client.GetAsync($"{Run}/report", 404);
        await client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{projects.Theirs.Run}", """{"notes":"mine"}""", 200);
    }
}
