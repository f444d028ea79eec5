using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Server.Tests;

public sealed class OidcTests : IAsyncLifetime
{
    private const string Wanted = "/runs?project=cats";
    private const string RefusedToken = "/sign-in?refused=provider";
    private PlayedProvider _provider = null!;

    public async Task InitializeAsync() => _provider = await PlayedProvider.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    [Fact]
    public async Task SignIn_OfAnAllowedDomain_MakesAnAccountOnceAndComesBackToIt()
    {
        await using var server = new AccountServer(_provider.Settings(("AllowedDomains:0", "lab.example"), ("DefaultRole", "viewer")));
        var browser = server.Browser();
        Assert.Equal("The lab's login", (await browser.GetAsync("/api/v1/session", 200)).Text("provider"));
        Assert.Equal(Wanted, await _provider.SignInAsync(browser, Person()));
        var session = await browser.GetAsync("/api/v1/session", 200);
        Assert.Equal(("grace", "read"), (session.Text("name"), session.Text("everywhere")));

        // Another name and address, the same person.
        var again = server.Browser();
        Assert.Equal(Wanted, await _provider.SignInAsync(again, Person(name: "hopper", email: "elsewhere@example.com")));
        Assert.Equal(session.Text("id"), await AccountServer.IdAsync(again));

        // Another person, the same name.
        var other = server.Browser();
        Assert.Equal(Wanted, await _provider.SignInAsync(other, Person(subject: "2")));
        Assert.Equal("grace 2", await AccountServer.WhoAsync(other));
        Assert.Equal(3, _provider.Exchanged);
    }

    [Fact]
    public async Task Token_ThatIsNotForThisSignIn_IsRefused()
    {
        await using var server = new AccountServer(_provider.Settings(("AllowedDomains:0", "lab.example")));
        using var stranger = RSA.Create(2048);
        foreach (var wrong in new[] { "nonce", "issuer", "audience", "expired", "not yet", "unsigned", "signature" })
        {
            var browser = server.Browser();
            var went = await _provider.SignInAsync(browser, Person(), token => Bend(token, wrong), key: wrong == "signature" ? stranger : null);
            Assert.True(went == RefusedToken, $"{wrong}: {went}");
            Assert.Null(await AccountServer.WhoAsync(browser));
        }
    }

    [Fact]
    public async Task Callback_WithAStateOfAnotherBrowser_IsRefused()
    {
        await using var server = new AccountServer(_provider.Settings(("AllowedDomains:0", "lab.example")));
        var (mine, theirs) = (server.Browser(), server.Browser());
        var location = (await mine.SendAsync(HttpMethod.Post, "/api/v1/session/provider", new { }, 200)).Text("location")!;
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(location).Query)["state"].ToString();
        using var back = await theirs.GetAsync($"/sign-in/provider?code=a-code&state={Uri.EscapeDataString(state)}");
        Assert.Equal(RefusedToken, back.Headers.Location!.ToString());
        using var forged = await theirs.GetAsync("/sign-in/provider?code=a-code&state=made-up");
        Assert.Equal(RefusedToken, forged.Headers.Location!.ToString());
        Assert.Equal(0, _provider.Exchanged);
    }

    [Fact]
    public async Task SignIn_OfWhomNobodyInvited_MakesNoAccount()
    {
        await using var server = new AccountServer(_provider.Settings(("AllowedDomains:0", "lab.example")));
        foreach (var (email, verified) in new[] { ("grace@other.example", true), ("grace@lab.example", false), ("grace@notlab.example", true), ("lab.example", true) })
        {
            var browser = server.Browser();
            Assert.Equal("/sign-in?refused=unknown", await _provider.SignInAsync(browser, Person(email: email, verified: verified)));
            Assert.Null(await AccountServer.WhoAsync(browser));
        }
        var owner = await server.OwnerAsync();
        Assert.Equal(1, (await owner.GetAsync("/api/v1/people", 200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task SignIn_ByAnInvitation_UsesItUp()
    {
        await using var server = new AccountServer(_provider.Settings());
        var owner = await server.OwnerAsync();
        var secret = await AccountServer.InviteAsync(owner, "cats", "member");
        var browser = server.Browser();
        Assert.Equal(Wanted, await _provider.SignInAsync(browser, Person(), secret: secret));
        Assert.Equal("""{"cats":"write"}""", (await browser.GetAsync("/api/v1/session", 200)).GetProperty("rights").GetRawText());
        Assert.Equal("/sign-in?refused=unknown", await _provider.SignInAsync(server.Browser(), Person(subject: "2"), secret: secret));
        // Known by now: the next invitation adds to the account.
        Assert.Equal(Wanted, await _provider.SignInAsync(server.Browser(), Person(), secret: await AccountServer.InviteAsync(owner, "dogs", "viewer")));
        Assert.Equal("""{"cats":"write","dogs":"read"}""", (await browser.GetAsync("/api/v1/session", 200)).GetProperty("rights").GetRawText());
        await owner.SendAsync(HttpMethod.Patch, $"/api/v1/people/{await AccountServer.IdAsync(browser)}", new { disabled = true }, 200);
        Assert.Equal("/sign-in?refused=disabled", await _provider.SignInAsync(server.Browser(), Person()));
    }

    [Fact]
    public async Task SignIn_OfAnOwnersGroup_OwnsTheServer()
    {
        await using var server = new AccountServer(_provider.Settings(("AllowedGroups:0", "lab"), ("OwnerGroups:0", "admins")));
        var browser = server.Browser();
        Assert.Equal(Wanted, await _provider.SignInAsync(browser, Person(groups: ["lab", "admins"])));
        Assert.Equal("administer", (await browser.GetAsync("/api/v1/session", 200)).Text("everywhere"));
        var member = server.Browser();
        Assert.Equal(Wanted, await _provider.SignInAsync(member, Person(subject: "2", groups: ["lab"])));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await member.GetAsync("/api/v1/session", 200)).GetProperty("everywhere").ValueKind);
    }

    [Fact]
    public async Task SignIn_WhileSignedIn_ConnectsTheTwo()
    {
        await using var server = new AccountServer(_provider.Settings());
        var owner = await server.OwnerAsync();
        Assert.Equal(Wanted, await _provider.SignInAsync(owner, Person()));
        var elsewhere = server.Browser();
        Assert.Equal(Wanted, await _provider.SignInAsync(elsewhere, Person()));
        Assert.Equal("ada", await AccountServer.WhoAsync(elsewhere));
    }

    [Fact]
    public async Task SignIn_WithoutAProvider_Is404()
    {
        await using var server = new AccountServer();
        Assert.Equal("no_provider", (await server.Browser().SendAsync(HttpMethod.Post, "/api/v1/session/provider", new { }, 404)).Text("code"));
    }

    [Theory]
    [InlineData("http://login.example", "id", null, "Access:Oidc:Authority")]
    [InlineData("login", "id", null, "Access:Oidc:Authority")]
    [InlineData("https://login.example", null, null, "Access:Oidc:ClientId")]
    [InlineData("https://login.example", "id", "owner", "Access:Oidc:DefaultRole")]
    public void Options_ThatMakeNoSense_AreNamed(string authority, string? client, string? role, string key)
    {
        var options = new AccessOptions();
        (options.Oidc.Authority, options.Oidc.ClientId, options.Oidc.DefaultRole) = (authority, client, role);
        Assert.StartsWith(key, Assert.Single(new AccessOptionsValidator(new ConfigurationBuilder().Build()).Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    private static void Bend(SecurityTokenDescriptor token, string wrong)
    {
        switch (wrong)
        {
            case "nonce":
                token.Claims["nonce"] = "of another sign-in";
                break;
            case "issuer":
                token.Issuer = "https://elsewhere.example";
                break;
            case "audience":
                token.Audience = "another client";
                break;
            case "expired":
                (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddMinutes(-10));
                break;
            case "not yet":
                (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(10), DateTime.UtcNow.AddHours(1));
                break;
            case "unsigned":
                token.SigningCredentials = null;
                break;
        }
    }

    private static Dictionary<string, object> Person(string subject = "1", string name = "grace", string email = "grace@lab.example", bool verified = true, string[]? groups = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["preferred_username"] = name, ["email"] = email, ["email_verified"] = verified };
        if (groups is not null)
            claims["groups"] = groups;
        return claims;
    }
}
