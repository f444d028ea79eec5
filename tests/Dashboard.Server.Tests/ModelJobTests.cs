using System.Net.Http.Headers;
using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>Jobs that look into models: their specs.</summary>
public sealed class ModelJobTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("saliency", "Saliency of r", """{"samples":[0,5],"target":3,"smooth":10}""")]
    [InlineData("gradients", "Gradients of r", """{"loss":"cross_entropy"}""")]
    [InlineData("activations", "Activations of r", """{"modules":["a.b"],"samples":[1]}""")]
    [InlineData("monte_carlo", "Monte Carlo of r", """{"loss":"mse","sampler":"swag","checkpoints":["c/1","c/2","c/3"],"samples":50}""")]
    public async Task Post_GoodSpec_IsQueuedWithTheVersionsOfItsArtifacts(string kind, string name, string fields)
    {
        var run = await RunAsync($"good-{kind}");

        var job = await PostAsync($"good-{kind}", kind, Spec(run, fields), 202);

        Assert.Equal(("queued", name), (job.Text("status"), job.Text("name")));
        Assert.False(string.IsNullOrEmpty(job.GetProperty("spec").GetProperty("model").Text("id")));
        Assert.Equal(job.Text("id"), Assert.Single((await _client.GetAsync($"/api/v1/jobs?project=good-{kind}", 200)).GetProperty("items").EnumerateArray()).Text("id"));
        if (kind == "monte_carlo") Assert.Equal(3, job.GetProperty("spec").GetProperty("checkpoint_ids").GetArrayLength());
    }

    [Fact]
    public async Task Post_WeightPcaWithoutNames_TakesEveryCheckpointByStep()
    {
        var run = await RunAsync("all");

        var spec = (await PostAsync("all", "weight_pca", $$"""{"run_id":"{{run}}"}""", 202)).GetProperty("spec");

        Assert.Equal(["c/1", "c/2", "c/3", "c/0"], spec.GetProperty("checkpoints").Deserialize<string[]>()!);
        Assert.Equal(4, spec.GetProperty("checkpoint_ids").Deserialize<string[]>()!.Distinct().Count());
        Assert.Equal("too_few_checkpoints", (await PostAsync("all", "weight_pca", $$"""{"run_id":"{{run}}","checkpoints":["c/1"]}""", 422)).ErrorCode("/spec/checkpoints"));
        Assert.Equal("out_of_range", (await PostAsync("all", "weight_pca", $$"""{"run_id":"{{run}}","clusters":5}""", 422)).ErrorCode("/spec/clusters"));
        Assert.Equal("out_of_range", (await PostAsync("all", "weight_pca", $$"""{"run_id":"{{run}}","dims":4}""", 422)).ErrorCode("/spec/dims"));
        Assert.Equal("artifact_not_found", (await PostAsync("all", "weight_pca", $$"""{"run_id":"{{run}}","checkpoints":["c/1","c/9"]}""", 422)).ErrorCode("/spec/checkpoints/1"));
        Assert.Equal("missing", (await PostAsync("all", "weight_pca", "{}", 422)).ErrorCode("/spec/run_id"));
        Assert.Equal("run_not_found", (await PostAsync("all", "weight_pca", """{"run_id":"nobody"}""", 422)).ErrorCode("/spec/run_id"));
    }

    [Theory]
    [InlineData("saliency", """{"samples":[]}""", "/spec/samples")]
    [InlineData("saliency", """{"samples":[0,-1]}""", "/spec/samples/1")]
    [InlineData("saliency", """{"target":-1}""", "/spec/target")]
    [InlineData("saliency", """{"target":1.5}""", "/spec/target")]
    [InlineData("saliency", """{"smooth":1000}""", "/spec/smooth")]
    [InlineData("saliency", """{"noise":0}""", "/spec/noise")]
    [InlineData("saliency", """{"model":null}""", "/spec/model")]
    [InlineData("gradients", """{}""", "/spec/loss")]
    [InlineData("gradients", """{"loss":"mse","l2":-1}""", "/spec/l2")]
    [InlineData("gradients", """{"loss":"mse","batch_size":0}""", "/spec/batch_size")]
    [InlineData("activations", """{"modules":["a",""]}""", "/spec/modules/1")]
    [InlineData("activations", """{"device":"tpu"}""", "/spec/device")]
    [InlineData("activations", """{"center":{"name":"c/1"}}""", "/spec/center/run_id")]
    [InlineData("monte_carlo", """{"loss":"mse"}""", "/spec/sampler")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"dice"}""", "/spec/sampler")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"swag","checkpoints":["c/1"]}""", "/spec/checkpoints")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"sgld","checkpoints":["c/1"]}""", "/spec/checkpoints")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"sgld","step_size":0}""", "/spec/step_size")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"gaussian","temperature":"Infinity"}""", "/spec/temperature")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"gaussian","samples":1000000}""", "/spec/samples")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"gaussian","scaling":"layer"}""", "/spec/scaling")]
    [InlineData("monte_carlo", """{"loss":"mse","sampler":"gaussian","projection":"tsne"}""", "/spec/projection")]
    public async Task Post_BadSpec_Is422WithAPointer(string kind, string fields, string pointer)
    {
        var run = await RunAsync("bad");

        Assert.NotEmpty((await PostAsync("bad", kind, Spec(run, fields), 422)).ErrorCode(pointer));
    }

    private static string Spec(string run, string fields)
    {
        var spec = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>($$"""{"model":{"run_id":"{{run}}","name":"model.pt"},"batch":{"run_id":"{{run}}","name":"batch"} }""")!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields)!) spec[name] = value;
        return JsonSerializer.Serialize(spec);
    }

    private async Task<string> RunAsync(string project)
    {
        using var content = new StringContent($$"""{"project":"{{project}}","run":"r"}""", MediaTypeHeaderValue.Parse("application/json"));
        using var made = await _client.PutAsync("/api/v1/runs", content);
        var run = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.Text("id")!;
        if ((int)made.StatusCode == 200) return run;
        foreach (var (name, type, step) in new[] { ("model.pt", "model", -1), ("batch", "batch", -1), ("c/0", "checkpoint", -1), ("c/2", "checkpoint", 200), ("c/1", "checkpoint", 100), ("c/3", "checkpoint", 300) })
        {
            using var bytes = new ByteArrayContent([1, 2, 3, (byte)name[^1]]);
            bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            bytes.Headers.Add("Artifact-Type", type);
            if (step >= 0) bytes.Headers.Add("Artifact-Step", step.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var response = await _client.PutAsync($"/api/v1/runs/{run}/artifacts/{name}", bytes);
            Assert.Equal(201, (int)response.StatusCode);
        }
        return run;
    }

    private Task<JsonElement> PostAsync(string project, string kind, string spec, int expected) =>
        _client.SendAsync(HttpMethod.Post, "/api/v1/jobs", $$"""{"project":"{{project}}","kind":"{{kind}}","spec":{{spec}}}""", expected);
}
