using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class ProjectionTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private const string Embedding = """{"embedding":{"run_id":"RUN","tag":"e"},"method":"umap"}""";
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Post_Embedding_IsQueuedWithItsStepAndGivenToLanesOfTheProcessor()
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.LogAsync("e", 3, 9);
        await project.LogAsync("e", 7, 10);

        var job = await project.PostAsync(Embedding);

        Assert.Equal(("queued", "UMAP of e"), (job.Text("status"), job.Text("name")));
        Assert.Equal(7, job.GetProperty("spec").GetProperty("embedding").GetProperty("step").GetInt64());
        var vectors = await project.TensorsAsync($"/api/v1/jobs/{job.Text("id")}/vectors");
        Assert.Equal([10L, 3L], vectors["vectors"].Shape);
        Assert.Equal([9f, 81f, 1f], vectors["vectors"].Values[^3..]);
    }

    [Fact]
    public async Task Result_GivesCoordinatesPointsAndText()
    {
        var project = await ProjectionProject.NewAsync(_client);
        var sprite = await project.PutAsync("sprites/e.png", [1, 2], "image");
        await project.LogAsync("e", 1, 3, ""","sprite":{"name":"sprites/e.png","width":28,"height":14}""");
        var id = (await project.PostAsync(Embedding)).Text("id")!;
        Assert.Equal("job_not_finished", (await _client.GetAsync($"/api/v1/jobs/{id}/coordinates", 409)).Text("code"));
        await project.ComputeAsync(id, """{"coordinates":[[1,2.5],[3,"NaN"],[-5,6e-3]],"trustworthiness":1,"point_preservation":[1,0.5,0],"rows":3,"columns":3,"notes":["so"]}""");

        var tensors = await project.TensorsAsync($"/api/v1/jobs/{id}/coordinates");
        Assert.Equal([3L, 2L], tensors["coordinates"].Shape);
        Assert.Equal([1f, 2.5f, 3f, float.NaN, -5f, 6e-3f], tensors["coordinates"].Values);
        Assert.Equal([1f, 0.5f, 0f], tensors["preservation"].Values);
        Assert.Equal("""{"trustworthiness":1,"rows":3,"columns":3,"notes":["so"]}""", await project.SaysAsync($"/api/v1/jobs/{id}/coordinates", "lossboard.result"));
        var points = await _client.GetAsync($"/api/v1/jobs/{id}/points", 200);
        var kind = Assert.Single(points.GetProperty("columns").EnumerateArray());
        Assert.Equal(("kind", "category"), (kind.Text("name"), kind.Text("type")));
        Assert.Equal(["even", "odd"], kind.Array<string>("categories"));
        Assert.Equal([0, 1, 0], kind.Array<int>("codes"));
        Assert.Equal(("sprites/e.png", 28), (points.GetProperty("sprite").Text("name"), points.GetProperty("sprite").GetProperty("width").GetInt32()));
        Assert.Equal(project.Run, points.GetProperty("sprite").Text("run_id"));
        Assert.NotNull(sprite);
        Assert.Equal("row,x,y,preservation,kind\r\n0,1,2.5,1,even\r\n1,3,NaN,0.5,odd\r\n2,-5,0.006,0,even\r\n", await _client.GetStringAsync($"/api/v1/jobs/{id}/coordinates?format=csv"));
        await _client.GetAsync($"/api/v1/jobs/{id}/coordinates?format=pickle", 400);
    }

    [Fact]
    public async Task Result_WithoutAQualityForEachPoint_IsRead()
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.LogAsync("e", 1, 2);
        var id = (await project.PostAsync(Embedding)).Text("id")!;
        // As a worker writes what it has not measured.
        await project.ComputeAsync(id, """{"coordinates":[[1,2],[3,4]],"point_preservation":null,"rows":2,"columns":3,"solver":null,"vectors":null}""");

        var tensors = await project.TensorsAsync($"/api/v1/jobs/{id}/coordinates");

        Assert.Equal("coordinates", Assert.Single(tensors.Keys));
        Assert.Equal([1f, 2f, 3f, 4f], tensors["coordinates"].Values);
    }

    [Fact]
    public async Task Post_TheSameAgain_IsNotComputedAgain()
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.LogAsync("e", 1, 8);
        var id = (await project.PostAsync(Embedding)).Text("id")!;
        Assert.Equal(id, (await project.PostAsync(Embedding)).Text("id"));
        var described = await project.DescribeAsync(Embedding);
        Assert.Equal(id, described.Text("job_id"));
        Assert.True(described.GetProperty("memory_bytes").GetInt64() > 0);
        await project.ComputeAsync(id, """{"coordinates":[[1,2]],"rows":1,"columns":3}""");
        Assert.Equal(id, (await project.PostAsync(Embedding)).Text("id"));

        // The same vectors under another tag, and the defaults spelled out.
        await project.LogAsync("again", 5, 8);
        var other = await project.PostAsync("""{"embedding":{"run_id":"RUN","tag":"again"},"method":"umap","dims":2,"neighbors":15,"min_dist":0.1,"seed":0,"perplexity":12}""");
        Assert.Equal("succeeded", other.Text("status"));
        Assert.NotEqual(id, other.Text("id"));
        Assert.Contains(id, other.Text("message")!, StringComparison.Ordinal);
        Assert.Equal(1, (await _client.GetAsync($"/api/v1/jobs/{other.Text("id")}/result", 200)).GetProperty("rows").GetInt32());
        Assert.Equal("queued", (await project.PostAsync("""{"embedding":{"run_id":"RUN","tag":"again"},"method":"umap","seed":1}""")).Text("status"));
        await project.LogAsync("again", 6, 9);
        Assert.Equal("queued", (await project.PostAsync("""{"embedding":{"run_id":"RUN","tag":"again"},"method":"umap"}""")).Text("status"));
    }

    [Theory]
    [InlineData("""{"method":"umap"}""", "/spec/embedding", "missing")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"}}""", "/spec/method", "missing")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"mds"}""", "/spec/method", "unknown_value")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"predictions":{"run_id":"RUN","tag":"e"},"method":"pca"}""", "/spec/embedding", "conflict")]
    [InlineData("""{"embedding":{"run_id":"nobody","tag":"e"},"method":"pca"}""", "/spec/embedding/run_id", "run_not_found")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"none"},"method":"pca"}""", "/spec/embedding/tag", "series_not_found")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e","step":2},"method":"pca"}""", "/spec/embedding/step", "step_not_found")]
    [InlineData("""{"predictions":{"run_id":"RUN","tag":"e"},"method":"pca"}""", "/spec/predictions/tag", "series_not_found")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"pca","dims":4}""", "/spec/dims", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"tsne","perplexity":"NaN"}""", "/spec/perplexity", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"long"},"method":"tsne","perplexity":3}""", "/spec/perplexity", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"pca","dims":3}""", "/spec/dims", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"umap","pca_first":0}""", "/spec/pca_first", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"umap","neighbors":1}""", "/spec/neighbors", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"umap","min_dist":-1}""", "/spec/min_dist", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"umap","iterations":0}""", "/spec/iterations", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"umap","metric":"hamming"}""", "/spec/metric", "unknown_value")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"given"}""", "/spec/coordinates", "missing")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"given","coordinates":{"run_id":"RUN","name":"short.npy"}}""", "/spec/coordinates/name", "artifact_not_found")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"given","coordinates":{"run_id":"RUN","name":"two.tsv"}}""", "/spec/coordinates", "length_mismatch")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"given","coordinates":{"run_id":"RUN","name":"wide.tsv"}}""", "/spec/coordinates", "out_of_range")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"pca","metadata":{"run_id":"RUN","name":"two.tsv"}}""", "/spec/metadata", "bad_metadata")]
    [InlineData("""{"embedding":{"run_id":"RUN","tag":"e"},"method":"pca","sprite":{"run_id":"RUN","name":"two.tsv","width":0,"height":1}}""", "/spec/sprite/width", "out_of_range")]
    [InlineData("""{"artifact":{"run_id":"RUN","name":"ragged.tsv"},"method":"pca"}""", "/spec/artifact", "bad_file")]
    [InlineData("""{"artifact":{"run_id":"RUN","name":"markup.tsv"},"method":"pca"}""", "/spec/artifact", "bad_file")]
    [InlineData("""{"artifact":{"run_id":"RUN","name":"several.safetensors"},"method":"pca"}""", "/spec/artifact/tensor", "missing")]
    [InlineData("""{"artifact":{"run_id":"RUN","name":"several.safetensors","tensor":"c"},"method":"pca"}""", "/spec/artifact/tensor", "tensor_not_found")]
    [InlineData("""{"features":{"model":{"run_id":"RUN","name":"m.pt"}},"method":"pca"}""", "/spec/features/model/name", "artifact_not_found")]
    [InlineData("""{"features":{"batch":{"run_id":"RUN","name":"m.pt"}},"method":"pca"}""", "/spec/features/model", "missing")]
    public async Task Post_BadSpec_Is422WithAPointer(string spec, string pointer, string code)
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.LogAsync("e", 1, 3);
        await project.LogAsync("long", 1, 9);
        await project.PutAsync("two.tsv", "1\t2\n3\t4\n");
        await project.PutAsync("wide.tsv", "1\t2\t3\t4\n1\t2\t3\t4\n1\t2\t3\t4\n");
        await project.PutAsync("ragged.tsv", "1\t2\n3\n");
        await project.PutAsync("markup.tsv", "<b>\t2\n");
        await project.PutAsync("several.safetensors", [.. Tensors.SafetensorsHeader.Make([("a", Tensors.TensorType.Float32, [1, 1]), ("b", Tensors.TensorType.Float32, [1, 1])]), .. new byte[8]]);

        Assert.Equal(code, (await project.PostAsync(spec, 422)).ErrorCode(pointer));
    }

    [Theory]
    [InlineData(""","sprite":7""", "/events/0/sprite", "wrong_type")]
    [InlineData(""","sprite":{"name":"","width":1,"height":1}""", "/events/0/sprite/name", "empty_name")]
    [InlineData(""","sprite":{"name":"s.png","width":28}""", "/events/0/sprite/height", "out_of_range")]
    public async Task Event_WithBadSprite_IsRefused(string sprite, string pointer, string code)
    {
        var project = await ProjectionProject.NewAsync(_client);

        Assert.Equal(code, (await project.LogAsync("e", 1, 2, sprite, 422)).ErrorCode(pointer));
    }

    [Fact]
    public async Task Neighbors_AreThoseOfTheOriginalSpace()
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.LogAsync("e", 1, 6);
        var path = $"/api/v1/jobs/{(await project.PostAsync(Embedding)).Text("id")}/neighbors";

        var near = await _client.SendAsync(HttpMethod.Post, path, """{"row":2,"count":2}""", 200);
        Assert.Equal([1, 0], near.Array<int>("rows"));
        // (2, 4, 1) to (1, 1, 1): √(1 + 9).
        Assert.Equal(Math.Sqrt(10), near.Array<double>("distances")[0], 1e-12);
        // Bits 0, 4 and 5.
        var among = await _client.SendAsync(HttpMethod.Post, path, """{"row":2,"among":"MQ=="}""", 200);
        Assert.Equal([0, 4, 5], among.Array<int>("rows"));
        var cosine = await _client.SendAsync(HttpMethod.Post, path, """{"row":2,"metric":"cosine"}""", 200);
        Assert.Equal([3, 4, 5, 1, 0], cosine.Array<int>("rows"));
        foreach (var (body, pointer) in new[] { ("""{}""", "/row"), ("""{"row":6}""", "/row"), ("""{"row":0,"count":0}""", "/count"), ("""{"row":0,"metric":"x"}""", "/metric"), ("""{"row":0,"among":"AAAA"}""", "/among") })
            Assert.NotEmpty((await _client.SendAsync(HttpMethod.Post, path, body, 422)).ErrorCode(pointer));
    }

    [Fact]
    public async Task Vectors_ThatAreGone_AreSaidToBe()
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.PutAsync("v.npy", Npy(4, 2));
        var job = await project.PostAsync("""{"artifact":{"run_id":"RUN","name":"v.npy"},"method":"pca"}""");
        using (await _client.DeleteAsync($"/api/v1/runs/{project.Run}/artifacts/v.npy"))
        {
            Assert.Equal("vectors_gone", (await _client.GetAsync($"/api/v1/jobs/{job.Text("id")}/vectors", 409)).Text("code"));
            Assert.Equal("vectors_gone", (await _client.GetAsync($"/api/v1/jobs/{job.Text("id")}/points", 409)).Text("code"));
        }
        await _client.GetAsync("/api/v1/jobs/nothing/points", 404);
    }

    [Fact]
    public async Task Files_OfEachKind_AreFoundDescribedAndRead()
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.PutAsync("a.npy", Npy(4, 2));
        await project.PutAsync("table.tsv", "1\t2\n3\t4\n5\t6\n");
        await project.PutAsync("log/proj/projector_config.pbtxt",
            """embeddings { tensor_name: "one" tensor_path: "0/t.tsv" metadata_path: "0/m.tsv" sprite { image_path: "0/s.png" single_image_dim: 8 single_image_dim: 9 } } embeddings { tensor_name: "raw" tensor_path: "t.bytes" tensor_shape: 2 tensor_shape: 3 }""");
        await project.PutAsync("log/proj/0/t.tsv", "1\t2\n3\t4\n");
        await project.PutAsync("log/proj/0/m.tsv", "name\tsize\n<script>alert(1)</script>\t1.5\n=1+1\t2\n");
        await project.PutAsync("log/proj/0/s.png", [1], "image");
        await project.PutAsync("log/proj/t.bytes", new byte[24]);
        await project.PutAsync("labels.json", """{"class":["a","b"],"score":[0.25,null]}""");
        await project.PutAsync("step-1", ProjectionProject.Safetensors("fc.weight", [2, 3, 1], [1, 2, 3, 4, 5, 6], new Dictionary<string, string> { ["lossboard.metadata"] = "labels.json" }), "checkpoint");
        await project.LogAsync("e", 1, 4);
        await project.LogAsync("e", 2, 4);

        var sources = await _client.GetAsync($"/api/v1/projections/sources?project={project.Name}", 200);
        Assert.Equal(
            ["embedding e 2", "checkpoint step-1 ", "projector log/proj/projector_config.pbtxt ", "table table.tsv ", "tensors a.npy "],
            sources.GetProperty("items").EnumerateArray().Select(one => $"{one.Text("kind")} {one.Text("name")} {(one.TryGetProperty("steps", out var steps) ? steps.ToString() : "")}"));
        await _client.GetAsync("/api/v1/projections/sources?project=nobody", 404);

        var described = await project.DescribeAsync("""{"embedding":{"run_id":"RUN","tag":"e"}}""");
        Assert.Equal(([1L, 2L], 2L, 4, 3), (described.Array<long>("steps"), described.GetProperty("step").GetInt64(), described.GetProperty("rows").GetInt32(), described.GetProperty("columns").GetInt32()), Same);
        Assert.Equal(["kind"], described.Array<string>("metadata"));
        Assert.Equal((3, 2), Size(await project.DescribeAsync("""{"artifact":{"run_id":"RUN","name":"table.tsv"}}""")));
        Assert.Equal((4, 2), Size(await project.DescribeAsync("""{"artifact":{"run_id":"RUN","name":"a.npy"}}""")));
        Assert.Equal((2, 3), Size(await project.DescribeAsync("""{"artifact":{"run_id":"RUN","name":"log/proj/projector_config.pbtxt","tensor":"raw"}}""")));
        var both = await project.DescribeAsync("""{"artifact":{"run_id":"RUN","name":"log/proj/projector_config.pbtxt"}}""");
        Assert.Equal(["one", "raw"], both.GetProperty("tensors").EnumerateArray().Select(one => one.Text("name")));
        Assert.Equal((2, 3), Size(await project.DescribeAsync("""{"artifact":{"run_id":"RUN","name":"step-1"},"method":"tsne"}""")));

        var job = (await project.PostAsync("""{"artifact":{"run_id":"RUN","name":"log/proj/projector_config.pbtxt","tensor":"one"},"method":"pca"}""")).Text("id")!;
        var points = await _client.GetAsync($"/api/v1/jobs/{job}/points", 200);
        Assert.Equal(["name", "size"], points.GetProperty("columns").EnumerateArray().Select(column => column.Text("name")));
        Assert.Equal(("log/proj/0/s.png", 9), (points.GetProperty("sprite").Text("name"), points.GetProperty("sprite").GetProperty("height").GetInt32()));
        await project.ComputeAsync(job, """{"coordinates":[[0,0],[1,1]],"rows":2,"columns":2}""");
        Assert.EndsWith("1,1,1,'=1+1,2\r\n", await _client.GetStringAsync($"/api/v1/jobs/{job}/coordinates?format=csv"), StringComparison.Ordinal);
        var weights = (await project.PostAsync("""{"artifact":{"run_id":"RUN","name":"step-1"},"method":"pca"}""")).Text("id")!;
        var score = (await _client.GetAsync($"/api/v1/jobs/{weights}/points", 200)).GetProperty("columns")[1];
        Assert.Equal(("number", double.NaN), (score.Text("type"), score.Array<double>("values")[1]));
    }

    [Fact]
    public async Task Parts_TheLastAlone_AreGivenOnRequest()
    {
        var project = await ProjectionProject.NewAsync(_client);
        await project.LogAsync("e", 1, 3);
        var id = (await project.PostAsync(Embedding)).Text("id")!;
        var worker = new PlayedWorker(_client, "projection");
        while ((await worker.LeaseAsync()).GetProperty("job").Text("id") != id)
        {
            // Jobs of other tests.
        }
        await worker.ReportAsync(id, """ "parts":[{"stage":"frame","index":0,"data":{"iteration":1}},{"stage":"frame","index":1,"data":{"iteration":2}},{"stage":"frame","index":2,"data":{"iteration":3}}]""");

        var last = await _client.GetAsync($"/api/v1/jobs/{id}/parts?last=true", 200);
        Assert.Equal(2, Assert.Single(last.GetProperty("items").EnumerateArray()).GetProperty("index").GetInt32());
        Assert.Equal(3, last.GetProperty("next").GetInt32());
        Assert.Empty((await _client.GetAsync($"/api/v1/jobs/{id}/parts?last=true&after=3", 200)).GetProperty("items").EnumerateArray());
    }

    private static (int Rows, int Columns) Size(JsonElement described) => (described.GetProperty("rows").GetInt32(), described.GetProperty("columns").GetInt32());

    private static bool Same((long[] Steps, long Step, int Rows, int Columns) a, (long[] Steps, long Step, int Rows, int Columns) b) =>
        a.Steps.SequenceEqual(b.Steps) && (a.Step, a.Rows, a.Columns) == (b.Step, b.Rows, b.Columns);

    private static byte[] Npy(int rows, int columns) =>
        [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. System.Text.Encoding.Latin1.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}".PadRight(117) + "\n"), .. new byte[4 * rows * columns]];
}
