using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

/// <summary>The hub tells each connection what its caller sees, and lets it go when that ends.</summary>
public sealed class LiveAccessTests(TwoProjects projects) : IClassFixture<TwoProjects>
{
    // After a commit: what comes before the hub has read the subscription is not missed.
    private static string All(long after, string project = "ours") => $$"""{"project":"{{project}}","jobs":true,"after_seq":{{after}}}""";

    [Fact]
    public void Hubs_EveryMethod_SaysWhoMayCallIt()
    {
        var hubs = typeof(LiveHub).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Hub))).ToList();
        Assert.Contains(typeof(LiveHub), hubs);
        var open = hubs.SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetBaseDefinition().DeclaringType != typeof(Hub) && method.GetCustomAttribute<HubNeedsAttribute>() is null);
        Assert.Empty(open.Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
    }

    [Fact]
    public async Task Subscribe_ToAProjectThatIsHidden_HearsNothing()
    {
        await using var other = await LiveClient.ConnectAsync(projects.Server.Address, credentials: projects.Header("other"));
        var after = await LogAsync("theirs", "first", "loss", 9);
        await other.SubscribeAsync("hidden", All(after));
        await other.SubscribeAsync("own", All(after, "theirs"));
        await LogAsync("ours", "first", "loss", 10);
        await PatchAsync(projects.Ours.Run);
        await LogAsync("theirs", "first", "loss", 10);
        JsonElement record;
        do
        {
            record = await other.NextAsync();
            Assert.Equal(("own", projects.Theirs.Run), (record.Text("invocationId"), record.GetProperty("item").Text("run_id")));
        }
        while (!record.GetProperty("item").TryGetProperty("steps", out _));
    }

    [Fact]
    public async Task Subscribe_OfALinkToAll_HearsOfItsRunsAndTagsAlone()
    {
        await using var link = await LiveClient.ConnectAsync(projects.Server.Address, credentials: projects.Header("share of a tag"));
        await link.SubscribeAsync("1", All(await LogAsync("ours", "first", "loss", 19)));
        using var server = projects.As("server");
        await LogAsync("ours", "runner-up", "loss", 20);
        await PatchAsync(projects.Second);
        await LogAsync("ours", "first", "secret", 20);
        await LogAsync("ours", "first", "hidden-new", 20);
        var hidden = (await server.SendAsync(HttpMethod.Post, "/api/v1/jobs", Job("""{"method":"pca","seed":5,"predictions":{"run_id":"RUN","tag":"p"} }"""), 202)).Text("id");
        var seen = (await server.SendAsync(HttpMethod.Post, "/api/v1/jobs", Job("""{"method":"pca","seed":6,"embedding":{"run_id":"RUN","tag":"e"} }"""), 202)).Text("id");
        await PatchAsync(projects.Ours.Run);
        await LogAsync("ours", "first", "loss", 20);

        var frames = new List<JsonElement>();
        do
            frames.Add(await link.FrameAsync());
        while (!frames[^1].TryGetProperty("tag", out _));
        Assert.Equal("loss", frames[^1].Text("tag"));
        Assert.All(frames, frame => Assert.True(frame.TryGetProperty("job", out _) || frame.Text("run_id") == projects.Ours.Run, frame.GetRawText()));
        Assert.DoesNotContain(frames, frame => frame.TryGetProperty("added", out _));
        Assert.All(frames.Where(frame => frame.TryGetProperty("run", out _)), frame => Assert.Equal(["loss"], frame.GetProperty("run").GetProperty("summary").EnumerateObject().Select(one => one.Name)));
        Assert.Equal([seen], frames.Where(frame => frame.TryGetProperty("job", out _)).Select(frame => frame.GetProperty("job").Text("id")).Distinct());
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{hidden}", null, 200);
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{seen}", null, 200);
    }

    [Fact]
    public async Task Connection_OfAWithdrawnCredential_Ends()
    {
        projects.Credentials.Add("guest", CallerKind.Key, new AccessGrant(AccessRight.Read, "ours"));
        await using var guest = await LiveClient.ConnectAsync(projects.Server.Address, credentials: (PlayedCredentials.Header, "guest"));
        await guest.SubscribeAsync("1", All(await LogAsync("ours", "first", "loss", 29)));
        await LogAsync("ours", "first", "loss", 30);
        await guest.FrameAsync();
        projects.Server.Services.GetRequiredService<AccessChanges>().Withdraw("key:guest");
        await guest.EndedAsync();
        // One that is still good comes back.
        await using var again = await LiveClient.ConnectAsync(projects.Server.Address, credentials: (PlayedCredentials.Header, "guest"));
        await again.SubscribeAsync("1", All(await LogAsync("ours", "first", "loss", 30)));
        await LogAsync("ours", "first", "loss", 31);
        await again.FrameAsync();
    }

    [Fact]
    public async Task Connection_OfACredentialThatRunsOut_Ends()
    {
        var clock = new TurnedTime();
        var credentials = new PlayedCredentials();
        credentials.Add("guest", CallerKind.Key, clock.GetUtcNow() + TimeSpan.FromMinutes(5), new AccessGrant(AccessRight.Read, "ours"));
        await using var server = new Lossboard(new Dictionary<string, string> { ["Access:Mode"] = "Accounts" }, services =>
        {
            services.AddSingleton<ICredentialReader>(credentials);
            services.AddSingleton<TimeProvider>(clock);
        });
        await using var guest = await LiveClient.ConnectAsync(server.Address, credentials: (PlayedCredentials.Header, "guest"));
        clock.Turn(TimeSpan.FromMinutes(4));
        // An answer shows that the connection lives: the subscription is refused in words.
        await guest.SubscribeAsync("1", """{"project":""}""");
        Assert.Equal(3, (await guest.NextAsync()).GetProperty("type").GetInt32());
        clock.Turn(TimeSpan.FromMinutes(2));
        await guest.EndedAsync();
    }

    [Fact]
    public async Task Connection_OverLongPolling_KeepsItsCaller()
    {
        using var client = projects.As("share");
        var token = (await client.SendAsync(HttpMethod.Post, "/hubs/live/negotiate?negotiateVersion=1", null, 200)).Text("connectionToken");
        var address = $"/hubs/live?id={Uri.EscapeDataString(token!)}";
        // The first poll opens the connection and returns at once.
        using (var opened = await client.GetAsync(address))
            Assert.Equal(200, (int)opened.StatusCode);
        await PostAsync("""{"protocol":"json","version":1}""");
        await PostAsync($$"""{"type":4,"invocationId":"1","target":"Subscribe","arguments":[{{All(await LogAsync("ours", "first", "loss", 39))}}]}""");
        var heard = "";
        // The answer to the handshake, perhaps a ping, and the points.
        for (var polls = 0; polls < 20 && !heard.Contains("\"type\":2", StringComparison.Ordinal); polls++)
        {
            await LogAsync("ours", "first", "loss", 40 + polls);
            using var poll = await client.GetAsync(address);
            Assert.Equal(200, (int)poll.StatusCode);
            heard += await poll.Content.ReadAsStringAsync();
        }
        Assert.Contains(projects.Ours.Run, heard, StringComparison.Ordinal);
        Assert.DoesNotContain(projects.Second, heard, StringComparison.Ordinal);

        async Task PostAsync(string record)
        {
            using var content = new StringContent(record + '\u001e');
            using var response = await client.PostAsync(address, content);
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    private string Job(string spec) => $$"""{"project":"ours","kind":"projection","spec":{{spec.Replace("RUN", projects.Ours.Run, StringComparison.Ordinal)}}}""";

    private async Task<long> LogAsync(string project, string run, string tag, long step)
    {
        using var server = projects.As("server");
        var answer = await server.PostEventsAsync($$$"""{"project":"{{{project}}}","run":"{{{run}}}","events":[{"type":"scalar","tag":"{{{tag}}}","step":{{{step}}},"value":1}]}""");
        return answer.GetProperty("seq").GetInt64();
    }

    private async Task PatchAsync(string run)
    {
        using var server = projects.As("server");
        await server.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{run}", """{"notes":"changed"}""", 200);
    }
}
