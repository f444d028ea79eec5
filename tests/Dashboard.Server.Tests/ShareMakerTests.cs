namespace Dashboard.Server.Tests;

/// <summary>A share link and who made it.</summary>
public sealed class ShareMakerTests
{
    [Fact]
    public async Task Link_WhoseMakerMayNoLongerShare_ShowsNothingUntilTheyMayAgain()
    {
        await using var server = new AccountServer();
        var owner = await server.OwnerAsync();
        var run = (await owner.PostEventsAsync("""{"project":"p","run":"r","events":[{"type":"scalar","tag":"loss","step":1,"value":1}]}""")).Text("run_id")!;
        var maker = await server.JoinedAsync(owner, "p", "member", "mona");
        var account = await AccountServer.IdAsync(maker);
        var made = await maker.SendAsync(HttpMethod.Post, "/api/v1/share-links", new { project = "p", run_ids = new[] { run }, view = "/scalars?project=p" }, 201);
        var secret = AccountServer.Secret(made);
        var reader = server.Browser();
        await reader.SendAsync(HttpMethod.Post, "/api/v1/share-links/open", new { secret }, 200);
        await IsShownAsync(true);

        await owner.SendAsync(HttpMethod.Put, $"/api/v1/people/{account}", new { project = "p", role = "viewer" }, 200);
        await IsShownAsync(false);
        await owner.SendAsync(HttpMethod.Put, $"/api/v1/people/{account}", new { project = "p", role = "member" }, 200);
        await IsShownAsync(true);
        await owner.SendAsync(HttpMethod.Patch, $"/api/v1/people/{account}", new { disabled = true }, 200);
        await IsShownAsync(false);
        await owner.SendAsync(HttpMethod.Patch, $"/api/v1/people/{account}", new { disabled = false }, 200);
        await IsShownAsync(true);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/people/{account}?project=p", null, 204);
        await IsShownAsync(false);

        async Task IsShownAsync(bool shown)
        {
            await reader.GetAsync($"/api/v1/runs/{run}", shown ? 200 : 401);
            await reader.GetAsync("/api/v1/share-links/current", shown ? 200 : 404);
            // As an unknown one.
            await server.Browser().SendAsync(HttpMethod.Post, "/api/v1/share-links/open", new { secret }, shown ? 200 : 404);
            var listed = (await owner.GetAsync("/api/v1/share-links?project=p", 200)).GetProperty("items").EnumerateArray().Single();
            Assert.Equal(!shown, listed.GetProperty("powerless").GetBoolean());
        }
    }
}
