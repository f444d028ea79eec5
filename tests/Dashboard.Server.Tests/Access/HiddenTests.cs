using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>What a caller may not see is answered as what does not exist.</summary>
public sealed class HiddenTests(TwoProjects projects) : IClassFixture<TwoProjects>
{
    [Theory]
    [InlineData("other")]
    [InlineData("other owner")]
    [InlineData("other worker")]
    public async Task Request_AboutWhatIsHidden_IsAnsweredByteForByteAsAboutWhatDoesNotExist(string role)
    {
        using var client = projects.As(role);
        using var owner = projects.As("server");
        // Of the same lengths, so that nothing but what is echoed can differ.
        var ours = projects.Ours;
        var nothing = new Belongings("hers", Other(ours.Run, '0'), Other(ours.Job, '1'), Other(ours.View, '2'), Other(ours.Checkpoint, '3'), Other(ours.Key, '4'), Other(ours.Link, '5'), Other(ours.Invitation, '6'))
        {
            Account = ours.Account,
        };
        var wrong = new StringBuilder();
        foreach (var row in AccessTable.Rows.Where(row => row.Least != "open" && row.Pattern.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var hidden = await AnswerAsync(client, row with { Query = row.Query.Replace("FRESH", "", StringComparison.Ordinal).TrimEnd('?') }, ours, owner);
            var missing = await AnswerAsync(client, row with { Query = row.Query.Replace("FRESH", "", StringComparison.Ordinal).TrimEnd('?') }, nothing, owner);
            if (hidden != missing)
                wrong.Append(CultureInfo.InvariantCulture, $"{row.Method} {row.Pattern}:\n  {hidden}\n  {missing}\n");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Fact]
    public async Task Request_OfAShareAboutARunBesideIts_IsAnsweredAsAboutNone()
    {
        using var client = projects.As("share");
        using var owner = projects.As("server");
        var second = projects.Ours with { Run = projects.Second };
        var nothing = second with { Run = new string('0', second.Run.Length) };
        foreach (var row in AccessTable.Rows.Where(row => row.IsShared && (row.Pattern.Contains("{run_id}", StringComparison.Ordinal) || row.Body?.Contains("RUN", StringComparison.Ordinal) == true)))
            Assert.Equal(await AnswerAsync(client, row, nothing, owner), await AnswerAsync(client, row, second, owner));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("share")]
    [InlineData("other worker")]
    public async Task Reads_All_NeverHoldWhatIsHidden(string role)
    {
        using var client = projects.As(role);
        using var owner = projects.As("server");
        // Whoever comes with a link sees the first run of ours; nothing of theirs, nor of the second.
        string[] secrets = role == "share" ? [projects.Theirs.Run, projects.Second, projects.Theirs.Job, "\"theirs\"", "runner-up"] : [projects.Ours.Run, projects.Ours.Job, projects.Ours.View, "\"ours\"", "of ours", "said in ours"];
        foreach (var row in AccessTable.Rows.Where(row => row.Least != "open"))
        {
            // Without what a request names itself, which is echoed.
            using var request = await EndpointWalkTests.RequestAsync(row with { Query = row.Query.Replace("?project=PROJECT", "", StringComparison.Ordinal) }, role == "share" ? projects.Ours : projects.Theirs, owner);
            using var response = await client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{row.Method} {row.Pattern} says {secret}: {text}"));
        }
    }

    [Fact]
    public async Task Job_OfAnotherProjectsRun_IsRefusedAsOfNone()
    {
        using var client = projects.As("other");
        foreach (var run in (string[])[projects.Ours.Run, new string('0', projects.Ours.Run.Length)])
        {
            var problem = await client.SendAsync(HttpMethod.Post, "/api/v1/jobs",
                $$$"""{"project":"theirs","kind":"projection","spec":{"method":"pca","embedding":{"run_id":"{{{run}}}","tag":"e"} } }""", 422);
            Assert.Equal("run_not_found", problem.ErrorCode("/spec/embedding/run_id"));
            problem = await client.SendAsync(HttpMethod.Post, "/api/v1/projections/describe", $$$"""{"project":"theirs","spec":{"artifact":{"run_id":"{{{run}}}","name":"w.safetensors"} } }""", 422);
            Assert.Equal("run_not_found", problem.ErrorCode("/spec/artifact/run_id"));
        }
    }

    [Fact]
    public async Task WorkerKey_ListsReadsAndStoresFilesOfItsProjects_AndNothingThatRuns()
    {
        using var worker = projects.As("worker");
        var files = $"/api/v1/runs/{projects.Ours.Run}/artifacts";

        Assert.Equal(201, await PutAsync(files + "/features/a.json", "file"));
        Assert.Contains("features/a.json", (await worker.GetAsync(files, 200)).GetProperty("items").EnumerateArray().Select(one => one.Text("name")));
        foreach (var type in (string[])["model", "checkpoint", "batch", "image"])
            Assert.Equal(403, await PutAsync(files + "/features/a.json", type));
        Assert.Equal(404, await PutAsync($"/api/v1/runs/{projects.Theirs.Run}/artifacts/features/a.json", "file"));

        async Task<int> PutAsync(string path, string type)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = Requests.Bytes([1, 2], "application/octet-stream") };
            request.Headers.Add("Artifact-Type", type);
            using var response = await worker.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task Lease_OfAWorkerKey_IsOfItsProjectsAlone()
    {
        using var worker = projects.As("other worker");
        var leased = new List<string>();
        var played = new PlayedWorker(worker, "projection");
        // As many as other tests at this server may have queued.
        for (var at = 0; at < 100 && await NextAsync() is { ValueKind: JsonValueKind.Object } lease; at++)
        {
            Assert.Equal("theirs", lease.GetProperty("job").Text("project"));
            leased.Add(lease.GetProperty("job").Text("id")!);
        }
        Assert.Contains(projects.Theirs.Job, leased);
        using var member = projects.As("member");
        Assert.Equal(0, (await member.GetAsync("/api/v1/workers", 200)).GetProperty("items").GetArrayLength());
        using var writer = projects.As("other");
        Assert.Equal(leased.Order(), (await writer.GetAsync("/api/v1/workers", 200)).GetProperty("items").EnumerateArray().SelectMany(one => one.Array<string>("jobs")).Order());

        async Task<JsonElement> NextAsync()
        {
            using var body = Requests.Json($$"""{"worker_id":"{{played.Id}}","name":"played","lane":"cpu","kinds":["projection"]}""");
            using var response = await worker.PostAsync("/api/v1/workers/lease", body);
            return await response.ReadAsync((int)response.StatusCode == 204 ? 204 : 200);
        }
    }

    [Fact]
    public async Task Permanent_Removal_TakesAnOwnerOfTheProject()
    {
        using var member = projects.As("member");
        using var owner = projects.As("owner");
        var run = (await member.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"ours","run":"to go"}""", 201)).Text("id");
        var other = (await member.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"ours","run":"to go as well"}""", 201)).Text("id");
        await member.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}?permanent=true", null, 403);
        await member.SendAsync(HttpMethod.Post, "/api/v1/runs/bulk", $$"""{"run_ids":["{{run}}"],"permanent":true}""", 403);
        await member.GetAsync($"/api/v1/runs/{run}", 200);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}?permanent=true", null, 204);
        var answer = await owner.SendAsync(HttpMethod.Post, "/api/v1/runs/bulk", $$"""{"run_ids":["{{projects.Theirs.Run}}","{{other}}"],"permanent":true}""", 200);
        Assert.Equal((1, projects.Theirs.Run), (answer.GetProperty("changed").GetInt32(), Assert.Single(answer.Array<string>("missing"))));
        using var server = projects.As("server");
        await server.GetAsync($"/api/v1/runs/{projects.Theirs.Run}", 200);
    }

    [Fact]
    public async Task Project_NamedTwiceInAQuery_IsNeverAnotherThanWasAskedFor()
    {
        using var server = projects.As("server");
        await server.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"theirs,ours","run":"r"}""", 201);
        using var client = projects.As("other owner");
        await client.GetAsync("/api/v1/views?project=theirs&project=ours", 404);
        await client.GetAsync("/api/v1/diagnosis/alerts?project=theirs&PROJECT=ours", 404);
    }

    private static string Other(string id, char digit) => new(digit, id.Length);

    private static async Task<string> AnswerAsync(HttpClient client, AccessRow row, Belongings of, HttpClient owner)
    {
        using var request = await EndpointWalkTests.RequestAsync(row, of, owner);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            text = JsonSerializer.Serialize(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!.Where(field => field.Key is not ("request_id" or "seconds")).ToDictionary());
        foreach (var named in (string[])[of.Run, of.Job, of.View, of.Checkpoint, of.Key, of.Link, of.Invitation, $"\"{of.Project}\"", $"/{of.Project}/"])
            text = text.Replace(named, "NAMED", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {text}");
    }
}
