using System.Net;
using System.Text.Json;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

public sealed class PeopleTests
{
    [Fact]
    public async Task Invitation_ToAProject_GivesItsRoleThereAndNowhereElse()
    {
        await using var server = new AccountServer();
        var owner = await server.OwnerAsync();
        foreach (var (role, right) in new[] { ("viewer", "read"), ("member", "write"), ("owner", "manage") })
        {
            var secret = await AccountServer.InviteAsync(owner, "cats", role);
            var guest = server.Browser();
            var offer = await guest.SendAsync(HttpMethod.Post, "/api/v1/invitations/look", new { secret }, 200);
            Assert.Equal(("cats", role, "ada"), (offer.Text("project"), offer.Text("role"), offer.Text("created_by")));
            await guest.SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret, name = $"a {role}", password = AccountServer.Password }, 200);
            var session = await guest.GetAsync("/api/v1/session", 200);
            Assert.Equal(JsonValueKind.Null, session.GetProperty("everywhere").ValueKind);
            Assert.Equal($$"""{"cats":"{{right}}"}""", session.GetProperty("rights").GetRawText());
            await guest.SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret, name = "eve", password = AccountServer.Password }, 404);
        }
    }

    [Fact]
    public async Task Invitation_TakenByWhoIsSignedIn_AddsTheRoleAndNeverTakesOneAway()
    {
        await using var server = new AccountServer();
        var owner = await server.OwnerAsync();
        var grace = await server.JoinedAsync(owner, "cats", "member", "grace");
        var joined = await grace.SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret = await AccountServer.InviteAsync(owner, "dogs", "viewer"), join = true }, 200);
        Assert.Equal("""{"cats":"write","dogs":"read"}""", joined.GetProperty("rights").GetRawText());
        joined = await grace.SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret = await AccountServer.InviteAsync(owner, "cats", "viewer"), join = true }, 200);
        Assert.Equal("""{"cats":"write","dogs":"read"}""", joined.GetProperty("rights").GetRawText());
        // Nobody joins without being somebody.
        await server.Browser().SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret = await AccountServer.InviteAsync(owner, "cats", "owner"), join = true }, 401);
    }

    [Fact]
    public async Task Invitation_TakenBackOrExpired_LooksLikeOneThatNeverWas()
    {
        await using var server = new AccountServer();
        var owner = await server.OwnerAsync();
        var made = await owner.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { project = "cats", role = "viewer", days = 1 }, 201);
        var listed = Assert.Single((await owner.GetAsync("/api/v1/invitations?project=cats", 200)).GetProperty("items").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("url").ValueKind);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/invitations/{made.Text("id")}", null, 204);
        var expiring = await AccountServer.InviteAsync(owner, "cats", "viewer", days: 1);
        server.Clock.Move(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        foreach (var secret in new[] { AccountServer.Secret(made), expiring, "never made", "" })
            Assert.Equal("invitation_gone", (await server.Browser().SendAsync(HttpMethod.Post, "/api/v1/invitations/look", new { secret }, 404)).Text("code"));
        Assert.Equal(0, (await owner.GetAsync("/api/v1/invitations", 200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Invitation_UsedByManyAtOnce_LetsOneIn()
    {
        await using var server = new AccountServer();
        var secret = await AccountServer.InviteAsync(await server.OwnerAsync(), "cats", "viewer");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async at =>
        {
            using var content = Requests.Json(JsonSerializer.Serialize(new { secret, name = $"guest {at}", password = AccountServer.Password }));
            using var response = await server.Browser().PostAsync("/api/v1/invitations/open", content);
            return response.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(status => status == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task OwnerOfAProject_DecidesThereAndNowhereElse()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var grace = await server.JoinedAsync(ada, "cats", "owner", "grace");
        var alan = await server.JoinedAsync(ada, "dogs", "viewer", "alan");
        var dogs = await ada.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { project = "dogs", role = "viewer" }, 201);
        var (adaId, alanId) = (await AccountServer.IdAsync(ada), await AccountServer.IdAsync(alan));

        // Her own project: she invites, and sees who is there, without what is theirs alone.
        var edsger = await server.JoinedAsync(grace, "cats", "member", "edsger");
        var people = (await grace.GetAsync("/api/v1/people?project=cats", 200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["ada", "edsger", "grace"], people.Select(person => person.Text("name")));
        Assert.All(people, person => Assert.Equal(JsonValueKind.Null, person.GetProperty("last_seen").ValueKind));
        await grace.SendAsync(HttpMethod.Put, $"/api/v1/people/{await AccountServer.IdAsync(edsger)}", new { project = "cats", role = "viewer" }, 200);

        // Everything else is somebody else's.
        await grace.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { role = "viewer" }, 403);
        await grace.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { project = "dogs", role = "viewer" }, 404);
        await grace.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { account_id = alanId }, 403);
        await grace.SendAsync(HttpMethod.Delete, $"/api/v1/invitations/{dogs.Text("id")}", null, 404);
        await grace.GetAsync("/api/v1/people", 403);
        await grace.GetAsync("/api/v1/people?project=dogs", 404);
        await grace.GetAsync("/api/v1/invitations?project=dogs", 404);
        // Nobody who is not in her project, not even to put them there.
        await grace.SendAsync(HttpMethod.Put, $"/api/v1/people/{alanId}", new { project = "cats", role = "viewer" }, 404);
        await grace.SendAsync(HttpMethod.Put, $"/api/v1/people/{await AccountServer.IdAsync(grace)}", new { role = "owner" }, 403);
        await grace.SendAsync(HttpMethod.Delete, $"/api/v1/people/{adaId}?project=cats", null, 404);
        await grace.SendAsync(HttpMethod.Patch, $"/api/v1/people/{alanId}", new { disabled = true }, 403);

        // A member decides about nobody.
        await edsger.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { project = "cats", role = "viewer" }, 403);
        await edsger.GetAsync("/api/v1/people?project=cats", 403);
    }

    [Fact]
    public async Task Role_ChangedOrTakenAway_HoldsFromTheNextRequestOn()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var grace = await server.JoinedAsync(ada, "cats", "viewer", "grace");
        var id = await AccountServer.IdAsync(grace);
        await grace.SendAsync(HttpMethod.Put, "/api/v1/runs", new { project = "cats", run = "r" }, 403);
        await ada.SendAsync(HttpMethod.Put, $"/api/v1/people/{id}", new { project = "cats", role = "member" }, 200);
        Assert.Equal("""{"cats":"write"}""", (await grace.GetAsync("/api/v1/session", 200)).GetProperty("rights").GetRawText());
        await ada.SendAsync(HttpMethod.Delete, $"/api/v1/people/{id}?project=cats", null, 204);
        Assert.Equal("{}", (await grace.GetAsync("/api/v1/session", 200)).GetProperty("rights").GetRawText());
        await grace.GetAsync("/api/v1/projects", 403);
    }

    [Fact]
    public async Task Account_Disabled_LosesItsSessionsAtOnceAndComesBack()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var grace = await server.JoinedAsync(ada, "cats", "member", "grace");
        var id = await AccountServer.IdAsync(grace);
        await ada.SendAsync(HttpMethod.Patch, $"/api/v1/people/{id}", new { disabled = true }, 200);
        Assert.Null(await AccountServer.WhoAsync(grace));
        Assert.Equal("account_disabled", (await AccountServer.TrySignInAsync(grace, "grace", AccountServer.Password)).Answer.Text("code"));
        // Only who knows the password is told.
        Assert.Equal("wrong_credentials", (await AccountServer.TrySignInAsync(grace, "grace", "wrong")).Answer.Text("code"));
        await ada.SendAsync(HttpMethod.Patch, $"/api/v1/people/{id}", new { disabled = false }, 200);
        Assert.Equal(HttpStatusCode.OK, (await AccountServer.TrySignInAsync(grace, "grace", AccountServer.Password)).Status);
    }

    [Fact]
    public async Task LastOwner_CannotBeTakenAway_NotEvenByTwoAtOnce()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var id = await AccountServer.IdAsync(ada);
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Put, $"/api/v1/people/{id}", new { role = "member" }),
            (HttpMethod.Delete, $"/api/v1/people/{id}", null),
            (HttpMethod.Patch, $"/api/v1/people/{id}", new { disabled = true }),
        })
            Assert.Equal("last_owner", (await ada.SendAsync(method, path, body, 409)).Text("code"));
        var grace = await server.JoinedAsync(ada, null, "owner", "grace");
        var store = server.Server.Services.GetRequiredService<IAccountStore>();
        var graceId = await AccountServer.IdAsync(grace);
        var both = await Task.WhenAll(Try(() => store.SetDisabledAsync(id, true, "stamp")), Try(() => store.SetRoleAsync(graceId, "", null)));
        Assert.Single(both, taken => taken);
        Assert.True(await store.HasOwnerAsync(CancellationToken.None));

        static async Task<bool> Try(Func<Task<AccountInfo?>> change)
        {
            try
            {
                return await change() is not null;
            }
            catch (LastOwnerException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task PasswordLink_SetsANewPasswordAndEndsOldSessions()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var grace = await server.JoinedAsync(ada, "cats", "member", "grace");
        var made = await ada.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { account_id = await AccountServer.IdAsync(grace), days = 1 }, 201);
        var secret = AccountServer.Secret(made);
        var elsewhere = server.Browser();
        Assert.Equal("grace", (await elsewhere.SendAsync(HttpMethod.Post, "/api/v1/invitations/look", new { secret }, 200)).Text("account"));
        await elsewhere.SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret, name = "mallory", password = "another good password" }, 200);
        Assert.Equal("grace", await AccountServer.WhoAsync(elsewhere));
        Assert.Null(await AccountServer.WhoAsync(grace));
        Assert.Equal("""{"cats":"write"}""", (await elsewhere.GetAsync("/api/v1/session", 200)).GetProperty("rights").GetRawText());
    }

    [Fact]
    public async Task Invitation_BadBody_Is422WithAPointer()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        foreach (var (body, pointer, code) in new[]
        {
            ("""{"project":"cats","role":"king"}""", "/role", "unknown_role"),
            ("""{"project":"cats","role":"viewer","days":31}""", "/days", "out_of_range"),
            ("""{"project":"","role":"viewer"}""", "/project", "empty_name"),
        })
            Assert.Equal(code, (await ada.SendAsync(HttpMethod.Post, "/api/v1/invitations", body, 422)).ErrorCode(pointer));
    }

    [Fact]
    public async Task Person_WithoutAProject_GetsAPageThatSaysSo()
    {
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var grace = await server.JoinedAsync(ada, "cats", "viewer", "grace");
        await ada.SendAsync(HttpMethod.Delete, $"/api/v1/people/{await AccountServer.IdAsync(grace)}?project=cats", null, 204);
        grace.DefaultRequestHeaders.Add("Accept", "text/html");
        using var response = await grace.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("No project yet", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Signed in as", await grace.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_OfImportance_IsInTheAuditLogWithoutSecrets()
    {
        const string Canary = "canary in a password";
        await using var server = new AccountServer();
        var ada = await server.OwnerAsync();
        var grace = await server.JoinedAsync(ada, "cats", "viewer", "grace");
        var id = await AccountServer.IdAsync(grace);
        await AccountServer.TrySignInAsync(server.Browser(), new string('n', 100), Canary);
        await ada.SendAsync(HttpMethod.Put, $"/api/v1/people/{id}", new { project = "cats", role = "member" }, 200);
        await grace.SendAsync(HttpMethod.Put, "/api/v1/session/password", new { current = AccountServer.Password, password = Canary }, 204);
        await ada.SendAsync(HttpMethod.Patch, $"/api/v1/people/{id}", new { disabled = true }, 200);
        await ada.SendAsync(HttpMethod.Delete, "/api/v1/session", null, 204);
        var entries = await server.Server.Services.GetRequiredService<IAuditStore>().ListAsync(null, null, 100, CancellationToken.None);
        var actions = entries.Select(entry => entry.Action).ToHashSet();
        Assert.Superset(new HashSet<string>
        {
            "session.opened", "session.failed", "session.closed", "invitation.created", "invitation.used", "role.changed", "password.changed", "account.disabled",
        }, actions);
        Assert.Equal(65, entries.Single(entry => entry.Action == "session.failed").Subject!.Length);
        Assert.DoesNotContain(entries, entry => $"{entry.Subject}{entry.DetailJson}".Contains(Canary, StringComparison.Ordinal));
        Assert.All(entries.Where(entry => entry.Action == "role.changed"), entry => Assert.Equal(("ada", "account", "cats"), (entry.Actor, entry.ActorKind, entry.Project)));
    }
}
