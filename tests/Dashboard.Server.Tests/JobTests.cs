using System.Net.Http.Headers;
using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class JobTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Post_Landscape_IsQueuedWithTheVersionsOfItsArtifacts()
    {
        var run = await RunAsync("post");
        var job = await PostAsync("post", "landscape", Landscape(run), 202);
        Assert.Equal(("queued", "landscape of r", 0), (job.Text("status"), job.Text("name"), job.GetProperty("parts").GetInt32()));
        var spec = job.GetProperty("spec");
        Assert.False(string.IsNullOrEmpty(spec.GetProperty("model").Text("id")));
        Assert.False(string.IsNullOrEmpty(spec.GetProperty("batch").Text("id")));
        Assert.Equal(job.GetRawText(), (await _client.GetAsync($"/api/v1/jobs/{job.Text("id")}", 200)).GetRawText());
        Assert.Equal("job_not_finished", (await _client.GetAsync($"/api/v1/jobs/{job.Text("id")}/result", 409)).Text("code"));
        Assert.Equal(job.Text("id"), Assert.Single((await _client.GetAsync("/api/v1/jobs?project=post", 200)).GetProperty("items").EnumerateArray()).Text("id"));
    }

    [Theory]
    [InlineData("""{"loss":"cross_entropy"}""", "/spec/loss", "/spec/l1", """{"l1":-1,"loss":"huber"}""")]
    [InlineData("""{"x":{"from":1,"to":-1}}""", "/spec/x/from", null, null)]
    [InlineData("""{"x":{"from":"NaN","to":1}}""", "/spec/x/from", null, null)]
    [InlineData("""{"x":{"from":1}}""", "/spec/x/to", null, null)]
    [InlineData("""{"x":{"points":1}}""", "/spec/x/points", null, null)]
    [InlineData("""{"x":{"points":10000},"y":{"points":10000}}""", "/spec/x/points", null, null)]
    [InlineData("""{"model":{"run_id":"nobody","name":"model.pt"}}""", "/spec/model/run_id", null, null)]
    [InlineData("""{"batch":{"name":"b"}}""", "/spec/batch/run_id", null, null)]
    [InlineData("""{"device":"tpu"}""", "/spec/device", null, null)]
    [InlineData("""{"batch_size":0}""", "/spec/batch_size", null, null)]
    [InlineData("""{"directions":{"kind":"pca","checkpoints":["a","b"]},"y":{"points":5}}""", "/spec/directions/checkpoints", null, null)]
    [InlineData("""{"directions":{"kind":"random","checkpoints":["nothing"]}}""", "/spec/directions/checkpoints/0", null, null)]
    [InlineData("""{"directions":{"kind":"between"}}""", "/spec/directions/to", null, null)]
    [InlineData("""{"directions":{"kind":"given"}}""", "/spec/directions/x", null, null)]
    [InlineData("""{"directions":{"kind":"sideways"}}""", "/spec/directions/kind", null, null)]
    public async Task Post_BadSpec_Is422WithAPointer(string change, string pointer, string? second, string? instead)
    {
        var run = await RunAsync("bad");
        var spec = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Landscape(run))!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(instead ?? change)!) spec[name] = value;
        var problem = await PostAsync("bad", "landscape", JsonSerializer.Serialize(spec), 422);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.Text("pointer") == pointer);
        if (second is not null) Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.Text("pointer") == second);
    }

    [Theory]
    [InlineData("""{"project":"any","kind":"tea","spec":{}}""", "/kind", "unknown_kind")]
    [InlineData("""{"kind":"landscape","spec":{}}""", "/project", "missing")]
    [InlineData("""{"project":"any","kind":"landscape"}""", "/spec", "missing")]
    [InlineData("""{"project":"any","kind":"landscape","spec":[]}""", "/spec", "wrong_type")]
    [InlineData("""{"project":"any","kind":"landscape","spec":{"l1":"much"}}""", "/spec/l1", "wrong_type")]
    [InlineData("""{"project":"any","kind":"landscape","spec":{}}""", "/spec/directions", "missing")]
    [InlineData("""{"project":"any","kind":"hessian","spec":{"loss":"mse","top":0,"bottom":0,"trace":false}}""", "/spec/top", "nothing_asked")]
    public async Task Post_BadBody_Is422WithAPointer(string body, string pointer, string code) =>
        Assert.Equal(code, (await _client.SendAsync(HttpMethod.Post, "/api/v1/jobs", body, 422)).ErrorCode(pointer));

    [Fact]
    public async Task Post_ArtifactOfAnotherProject_Is422()
    {
        var run = await RunAsync("mine");
        await RunAsync("theirs");
        Assert.Equal("other_project", (await PostAsync("theirs", "landscape", Landscape(run), 422)).ErrorCode("/spec/model/run_id"));
    }

    [Fact]
    public async Task Lease_ReportAndFinish_GiveTheResultAndTakeThePartsAway()
    {
        var id = await QueueAsync("whole");
        var worker = new PlayedWorker(_client, "hessian");
        var lease = await worker.LeaseAsync();
        Assert.Equal(("running", "played", id), (lease.GetProperty("job").Text("status"), lease.GetProperty("job").Text("worker"), lease.GetProperty("job").Text("id")));
        await worker.ReportAsync(id, """ "progress":0.25,"message":"first tile","backend":"cpu","seconds_left":3,"log":[{"wall_time":1,"message":"begun"}],"parts":[{"stage":"loss","index":0,"data":{"first":0,"loss":[1,"NaN"]}}]""");
        await worker.ReportAsync(id, """ "parts":[{"stage":"loss","index":0,"data":{"first":0,"loss":[9]}},{"stage":"loss","index":1,"data":{"first":2,"loss":[3]}}]""");
        var job = await _client.GetAsync($"/api/v1/jobs/{id}", 200);
        Assert.Equal((0.25, "first tile", "cpu", 2), (job.GetProperty("progress").GetDouble(), job.Text("message"), job.Text("backend"), job.GetProperty("parts").GetInt32()));
        var parts = await _client.GetAsync($"/api/v1/jobs/{id}/parts", 200);
        Assert.Equal(["""{"first":0,"loss":[1,"NaN"]}""", """{"first":2,"loss":[3]}"""], parts.GetProperty("items").EnumerateArray().Select(part => part.GetProperty("data").GetRawText()));
        Assert.Equal(1, (await _client.GetAsync($"/api/v1/jobs/{id}/parts?after=1", 200)).GetProperty("items").GetArrayLength());
        Assert.Contains("lossboard_jobs_running 1\n", await _client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await worker.FinishAsync(id, """ "result":{"loss":[[1,"NaN"]]}""");
        Assert.Equal("""{"loss":[[1,"NaN"]]}""", (await _client.GetAsync($"/api/v1/jobs/{id}/result", 200)).GetRawText());
        var done = await _client.GetAsync($"/api/v1/jobs/{id}", 200);
        Assert.Equal(("succeeded", 1.0, 0), (done.Text("status"), done.GetProperty("progress").GetDouble(), done.GetProperty("parts").GetInt32()));
        Assert.Equal("begun", (await _client.GetAsync($"/api/v1/jobs/{id}/log", 200)).GetProperty("items")[0].Text("message"));
        await worker.ReportAsync(id, "\"progress\":1", 409);
        Assert.Equal("job_ended", (await _client.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}", null, 409)).Text("code"));
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}?permanent=true", null, 204);
        await _client.GetAsync($"/api/v1/jobs/{id}", 404);
    }

    [Fact]
    public async Task Lease_WhileTheQueueIsEmpty_WaitsForTheNextJob()
    {
        var run = await RunAsync("waiting");
        var worker = new PlayedWorker(_client, "probe");
        var leasing = worker.LeaseAsync(waitSeconds: 30);
        var job = await PostAsync("waiting", "probe", $$"""{"model":{"run_id":"{{run}}","name":"model.pt"},"batch":{"run_id":"{{run}}","name":"batch"},"loss":"mse"}""", 202);
        Assert.Equal(job.Text("id"), (await leasing).GetProperty("job").Text("id"));
        Assert.Equal(0, (await _client.GetAsync("/api/v1/jobs?project=waiting", 200)).GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await _client.GetAsync("/api/v1/jobs?project=waiting&kind=probe", 200)).GetProperty("items").GetArrayLength());
        await worker.FinishAsync(job.Text("id")!, """ "error":"It does not fit.","error_code":"bad_input" """);
        var failed = await _client.GetAsync($"/api/v1/jobs/{job.Text("id")}", 200);
        Assert.Equal(("failed", "It does not fit.", "bad_input"), (failed.Text("status"), failed.Text("error"), failed.Text("error_code")));
        Assert.Equal("job_failed", (await _client.GetAsync($"/api/v1/jobs/{job.Text("id")}/result", 409)).Text("code"));
    }

    [Fact]
    public async Task Delete_OfARunningJob_FencesItsWorkerOffAndARetryKeepsTheParts()
    {
        var id = await QueueAsync("cancel");
        var worker = new PlayedWorker(_client, "hessian");
        await worker.LeaseAsync();
        await worker.ReportAsync(id, """ "parts":[{"stage":"loss","index":7,"data":{}}]""");
        var watching = worker.WatchAsync(id, 30, 409);
        Assert.Equal("cancelled", (await _client.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}", null, 200)).Text("status"));
        await watching;
        await worker.ReportAsync(id, "\"progress\":0.5", 409);
        await worker.FinishAsync(id, "\"result\":{}", 409);
        Assert.Equal("queued", (await _client.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{id}/retry", null, 202)).Text("status"));
        Assert.Equal(7, (await _client.GetAsync($"/api/v1/jobs/{id}/parts", 200)).GetProperty("items")[0].GetProperty("index").GetInt32());
        Assert.Equal(id, (await worker.LeaseAsync()).GetProperty("job").Text("id"));
        await worker.FinishAsync(id, "\"given_back\":true");
        var back = await _client.GetAsync($"/api/v1/jobs/{id}", 200);
        Assert.Equal(("queued", 0), (back.Text("status"), back.GetProperty("deaths").GetInt32()));
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}", null, 200);
    }

    [Fact]
    public async Task Finish_EngineDiedThreeTimes_SetsTheJobAside()
    {
        var id = await QueueAsync("deadly");
        var worker = new PlayedWorker(_client, "hessian");
        for (var death = 1; death <= 3; death++)
        {
            await worker.LeaseAsync();
            await worker.FinishAsync(id, """ "error":"The engine crashed: signal 11.","error_code":"engine_died" """);
            var job = await _client.GetAsync($"/api/v1/jobs/{id}", 200);
            Assert.Equal((death < 3 ? "queued" : "failed", death), (job.Text("status"), job.GetProperty("deaths").GetInt32()));
        }
        Assert.Equal("Set aside: its worker, or the worker's engine, died 3 times. The engine crashed: signal 11.", (await _client.GetAsync($"/api/v1/jobs/{id}", 200)).Text("error"));
    }

    [Fact]
    public async Task Lease_OfALaneWithoutAGpu_LeavesJobsThatAskForOne()
    {
        var run = await RunAsync("gpu");
        var job = await PostAsync("gpu", "hessian", Hessian(run, "cuda"), 202);
        var processor = new PlayedWorker(_client, "hessian");
        Assert.Equal(default, await processor.LeaseAsync(waitSeconds: 0, expected: 204));
        var gpu = new PlayedWorker(_client, "hessian", "cuda:0");
        Assert.Equal(job.Text("id"), (await gpu.LeaseAsync()).GetProperty("job").Text("id"));
        var listed = (await _client.GetAsync("/api/v1/workers", 200)).GetProperty("items").EnumerateArray().Single(worker => worker.Text("id") == gpu.Id);
        Assert.Equal(job.Text("id"), listed.GetProperty("jobs")[0].GetString());
        await gpu.FinishAsync(job.Text("id")!, "\"result\":{}");
    }

    [Fact]
    public async Task Lease_ThatRunsOut_GoesToTheNextWorkerWhileTheFirstIsFencedOff()
    {
        await using var own = new Lossboard(new() { ["Worker:LeaseSeconds"] = "1" });
        using var client = own.CreateClient();
        var tests = new JobTests(own);
        var id = await tests.QueueAsync("expiry");
        var dead = new PlayedWorker(client, "hessian");
        await dead.LeaseAsync();
        // Held until the lease of the first has run out.
        var next = new PlayedWorker(client, "hessian");
        var job = (await next.LeaseAsync(waitSeconds: 30)).GetProperty("job");
        Assert.Equal((id, 1), (job.Text("id"), job.GetProperty("deaths").GetInt32()));
        await dead.ReportAsync(id, "\"progress\":0.9", 409);
        await next.FinishAsync(id, "\"result\":{}");
    }

    [Fact]
    public async Task Restart_WithALeaseThatRuns_LetsItsWorkerGoOn()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-jobs-").FullName;
        try
        {
            string id;
            PlayedWorker worker;
            await using (var first = new Lossboard([], folder: folder))
            {
                using var client = first.CreateClient();
                id = await new JobTests(first).QueueAsync("restart");
                worker = new PlayedWorker(client, "hessian");
                await worker.LeaseAsync();
                await worker.ReportAsync(id, """ "parts":[{"stage":"loss","index":0,"data":{}}]""");
            }
            await using var second = new Lossboard([], folder: folder);
            using var again = second.CreateClient();
            worker = worker.With(again);
            await worker.ReportAsync(id, "\"progress\":0.5");
            Assert.Equal(1, (await again.GetAsync($"/api/v1/jobs/{id}", 200)).GetProperty("parts").GetInt32());
            await worker.FinishAsync(id, "\"result\":{}");
            Assert.Equal("succeeded", (await again.GetAsync($"/api/v1/jobs/{id}", 200)).Text("status"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Subscribe_WithJobs_HearsOfEachChange()
    {
        var run = await RunAsync("live-jobs");
        await using var live = await LiveClient.ConnectAsync(server.Address);
        await live.SubscribeAsync("1", """{"project":"live-jobs","jobs":true,"tags":[],"after_seq":0}""");
        var job = await PostAsync("live-jobs", "hessian", Hessian(run, "cpu"), 202);
        JsonElement frame;
        do frame = await live.FrameAsync();
        while (!frame.TryGetProperty("job", out _));
        Assert.Equal((job.Text("id"), "queued"), (frame.GetProperty("job").Text("id"), frame.GetProperty("job").Text("status")));
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{job.Text("id")}", null, 200);
        do frame = await live.FrameAsync();
        while (!frame.TryGetProperty("job", out _));
        Assert.Equal("cancelled", frame.GetProperty("job").Text("status"));
    }

    [Theory]
    [InlineData("""{"name":"n","lane":"cpu","kinds":[]}""", "/worker_id")]
    [InlineData("""{"worker_id":"w","name":"n","lane":"cpu","kinds":["tea"]}""", "/kinds")]
    [InlineData("""{"worker_id":"w","name":"n","lane":"cpu"}""", "/kinds")]
    public async Task Lease_BadBody_Is422WithAPointer(string body, string pointer) =>
        Assert.NotEmpty((await _client.SendAsync(HttpMethod.Post, "/api/v1/workers/lease", body, 422)).ErrorCode(pointer));

    [Fact]
    public async Task Finish_WithTwoOutcomes_Is422AndTheLeaseGoesOn()
    {
        var id = await QueueAsync("two");
        var worker = new PlayedWorker(_client, "hessian");
        await worker.LeaseAsync();
        await worker.FinishAsync(id, "\"result\":{},\"error\":\"both\"", 422);
        await worker.FinishAsync(id, "\"result\":{}");
    }

    private async Task<string> QueueAsync(string project) => (await PostAsync(project, "hessian", Hessian(await RunAsync(project), "cpu"), 202)).Text("id")!;

    private async Task<string> RunAsync(string project)
    {
        var run = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{project}}","run":"r"}""", project == "bad" ? await ExistsAsync(project) : 201)).Text("id")!;
        foreach (var (name, type) in new[] { ("model.pt", "model"), ("batch", "batch") })
        {
            using var content = new ByteArrayContent([1, 2, 3]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Headers.Add("Artifact-Type", type);
            using var response = await _client.PutAsync($"/api/v1/runs/{run}/artifacts/{name}", content);
            Assert.Equal(201, (int)response.StatusCode);
        }
        return run;
    }

    // One project serves all cases of a theory.
    private async Task<int> ExistsAsync(string project) =>
        (await _client.GetAsync($"/api/v1/runs?project={project}", 200)).GetProperty("items").GetArrayLength() > 0 ? 200 : 201;

    private Task<JsonElement> PostAsync(string project, string kind, string spec, int expected) =>
        _client.SendAsync(HttpMethod.Post, "/api/v1/jobs", $$"""{"project":"{{project}}","kind":"{{kind}}","spec":{{spec}}}""", expected);

    private static string Landscape(string run) =>
        $$"""{"model":{"run_id":"{{run}}","name":"model.pt"},"batch":{"run_id":"{{run}}","name":"batch"},"loss":"cross_entropy","directions":{"kind":"random","seed":1},"x":{"from":-1,"to":1,"points":5},"y":null}""";

    // A kind of their own for the tests that play a worker: those that run at the same time must not take each other's jobs, and a class runs one after the other.
    private static string Hessian(string run, string device) =>
        $$"""{"model":{"run_id":"{{run}}","name":"model.pt"},"batch":{"run_id":"{{run}}","name":"batch"},"loss":"mse","device":"{{device}}"}""";
}
