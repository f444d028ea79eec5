namespace Dashboard.Server.Tests;

/// <summary>Keys of people: who makes which, and what becomes of them when their maker changes.</summary>
public sealed class KeysOfPeopleTests
{
    private const string Event = """{"project":"cats","run":"r","events":[{"type":"scalar","tag":"loss","step":1,"value":0.5}]}""";

    [Fact]
    public async Task People_MakeKeysUpToTheirRole()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var member = await server.JoinedAsync(ada, "cats", "member", "grace");
        var viewer = await server.JoinedAsync(ada, "cats", "viewer", "victor");
        var owner = await server.JoinedAsync(ada, "cats", "owner", "olga");

        foreach (var (who, project, role, status) in new (HttpClient, string?, string, int)[]
        {
            (member, "cats", "write", 201), (member, "cats", "read", 201), (member, "cats", "worker", 403), (member, "dogs", "read", 404), (member, null, "read", 403),
            (viewer, "cats", "read", 403), (owner, "cats", "worker", 201), (owner, null, "write", 403), (owner, "dogs", "worker", 404), (ada, null, "worker", 201), (ada, "dogs", "write", 201),
        })
        {
            await who.SendAsync(HttpMethod.Post, "/api/v1/keys", new { name = "k", project, role }, status);
        }

        Assert.Equal(2, (await member.GetAsync("/api/v1/keys", 200)).GetProperty("items").GetArrayLength());
        Assert.Equal(3, (await owner.GetAsync("/api/v1/keys", 200)).GetProperty("items").GetArrayLength());
        var all = (await ada.GetAsync("/api/v1/keys", 200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(5, all.Count);
        Assert.Equal(["ada", "ada", "grace", "grace", "olga"], all.Select(key => key.Text("maker")).Order());
        // An owner revokes what a member made; a member does not see what an owner made.
        var graces = all.First(key => key.Text("maker") == "grace").Text("id");
        var olgas = all.First(key => key.Text("maker") == "olga").Text("id");
        await member.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{olgas}", null, 404);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{graces}", null, 204);
        // The log of the project is its owner's to read.
        Assert.Equal("key.revoked", (await owner.GetAsync("/api/v1/audit?project=cats", 200)).GetProperty("items")[0].Text("action"));
        await owner.GetAsync("/api/v1/audit", 403);
        await member.GetAsync("/api/v1/audit?project=cats", 403);
    }

    [Fact]
    public async Task Key_WhoseMakerIsDemotedThenDisabled_ShrinksThenStops()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var grace = await server.JoinedAsync(ada, "cats", "member", "grace");
        var made = await grace.SendAsync(HttpMethod.Post, "/api/v1/keys", new { name = "job", project = "cats", role = "write" }, 201);
        using var job = server.Server.CreateClient();
        job.DefaultRequestHeaders.Authorization = new("Bearer", made.Text("key"));
        await job.PostEventsAsync(Event);
        var id = await AccountServer.IdAsync(grace);

        await ada.SendAsync(HttpMethod.Put, $"/api/v1/people/{id}", new { project = "cats", role = "viewer" }, 200);
        Assert.Contains("who made it may do less by now", (await job.PostEventsAsync(Event, 403)).Text("detail"), StringComparison.Ordinal);
        await job.GetAsync("/api/v1/runs?project=cats", 200);
        Assert.Equal("limited", (await ada.GetAsync($"/api/v1/keys/{made.Text("id")}", 200)).Text("state"));

        await ada.SendAsync(HttpMethod.Put, $"/api/v1/people/{id}", new { project = "cats", role = "member" }, 200);
        await job.PostEventsAsync(Event);
        await ada.SendAsync(HttpMethod.Patch, $"/api/v1/people/{id}", new { disabled = true }, 200);
        await job.PostEventsAsync(Event, 401);
        Assert.Equal("powerless", (await ada.GetAsync($"/api/v1/keys/{made.Text("id")}", 200)).Text("state"));

        await ada.SendAsync(HttpMethod.Patch, $"/api/v1/people/{id}", new { disabled = false }, 200);
        await job.PostEventsAsync(Event);
        await ada.SendAsync(HttpMethod.Delete, $"/api/v1/people/{id}?project=cats", null, 204);
        await job.PostEventsAsync(Event, 401);
    }

    [Fact]
    public async Task LiveConnection_OfAKeyThatIsRevoked_IsClosed()
    {
        await using var team = new Team();
        var (id, key) = await team.MakeAsync("read", "p");
        using var owner = team.Owner();
        await owner.PostEventsAsync("""{"project":"p","run":"r","events":[{"type":"scalar","tag":"loss","step":1,"value":0.5}]}""");
        await using var live = await LiveClient.ConnectAsync(team.Server.Address, credentials: ("Authorization", $"Bearer {key}"));
        await live.SubscribeAsync("1", """{"project":"p"}""");
        Assert.True((await live.FrameAsync()).GetProperty("reset").GetBoolean());
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, 204);
        await live.EndedAsync();
    }
}
