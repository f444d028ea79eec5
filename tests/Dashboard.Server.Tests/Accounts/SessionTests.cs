using System.Net;
using Dashboard.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Server.Tests;

public sealed class SessionTests
{
    [Fact]
    public async Task SignIn_WithTheRightPassword_SetsACookieThatScriptsCannotRead()
    {
        await using var server = new AccountServer();
        await server.OwnerAsync();
        var browser = server.Browser();
        using var content = Requests.Json($$"""{"name":"ADA","password":"{{AccountServer.Password}}"}""");
        using var response = await browser.PostAsync("/api/v1/session", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("lossboard=", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.Equal("ada", await AccountServer.WhoAsync(browser));
        await browser.SendAsync(HttpMethod.Delete, "/api/v1/session", null, 204);
        Assert.Null(await AccountServer.WhoAsync(browser));
        await browser.GetAsync("/api/v1/projects", 401);
    }

    [Theory]
    [InlineData("https", "__Host-lossboard", true)]
    [InlineData("http", "lossboard", false)]
    public void Cookie_OverHttps_CannotBeSetByAnotherHostOrAPlainConnection(string scheme, string name, bool secure)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        var options = new CookieAuthenticationOptions();
        SessionCookie.Configure(options);
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, "value", options.Cookie.Build(context));
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.StartsWith(name + "=", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.Ordinal));
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        // A cookie that was set over http means nothing over https.
        context.Request.Headers.Cookie = "lossboard=plain; __Host-lossboard=sealed";
        Assert.Equal(secure ? "sealed" : "plain", options.CookieManager.GetRequestCookie(context, options.Cookie.Name!));
    }

    [Fact]
    public async Task SignIn_UnknownName_AnswersAsForAWrongPassword()
    {
        await using var server = new AccountServer();
        await server.OwnerAsync();
        var known = await AccountServer.TrySignInAsync(server.Browser(), "ada", "not her password");
        var unknown = await AccountServer.TrySignInAsync(server.Browser(), "nobody", "not her password");
        Assert.Equal(HttpStatusCode.Unauthorized, known.Status);
        Assert.Equal(Without(known.Answer), Without(unknown.Answer));
        static string Without(System.Text.Json.JsonElement problem) => string.Join('|', problem.EnumerateObject().Where(field => field.Name != "request_id").Select(field => field.ToString()));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("nobody")]
    public async Task SignIn_AfterFiveFailures_WaitsLongerEachTime(string name)
    {
        await using var server = new AccountServer();
        await server.OwnerAsync();
        var browser = server.Browser();
        for (var failure = 1; failure <= 5; failure++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await AccountServer.TrySignInAsync(browser, name, "wrong")).Status);
        var refused = await AccountServer.TrySignInAsync(browser, name, AccountServer.Password);
        Assert.Equal("too_many_sign_ins", refused.Answer.Text("code"));
        Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, 1, 30);
        server.Clock.Move(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AccountServer.TrySignInAsync(browser, name, "wrong")).Status);
        refused = await AccountServer.TrySignInAsync(browser, name, AccountServer.Password);
        Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, 31, 60);
        server.Clock.Move(TimeSpan.FromSeconds(61));
        Assert.Equal(name == "ada" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await AccountServer.TrySignInAsync(browser, name, AccountServer.Password)).Status);
    }

    [Fact]
    public async Task SignIn_ManyGuessesAtOnce_AreAllCounted()
    {
        await using var server = new AccountServer();
        await server.OwnerAsync();
        var browser = server.Browser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(at => AccountServer.TrySignInAsync(browser, "ada", $"guess {at}")));
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task SignIn_AfterARestart_StillWaits()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-").FullName;
        await using (var server = new AccountServer(folder: folder))
        {
            await server.OwnerAsync();
            for (var failure = 1; failure <= 5; failure++)
                await AccountServer.TrySignInAsync(server.Browser(), "ada", "wrong");
        }
        await using (var server = new AccountServer(folder: folder))
            Assert.Equal(HttpStatusCode.TooManyRequests, (await AccountServer.TrySignInAsync(server.Browser(), "ada", AccountServer.Password)).Status);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Guard_OneAddressManyNames_WaitsToo()
    {
        var clock = new ShiftedTime();
        var guard = new SignInGuard(clock);
        var address = IPAddress.Parse("2001:db8::1");
        for (var at = 0; at < 20; at++)
            Assert.Null(guard.Enter($"name {at}", address));
        // Another address of the same network is the same household.
        Assert.InRange(guard.Enter("another", IPAddress.Parse("2001:db8::2"))!.Value.TotalSeconds, 0.1, 6);
        Assert.Null(guard.Enter("another", IPAddress.Parse("2001:db8:0:1::1")));
        clock.Move(TimeSpan.FromSeconds(7));
        Assert.Null(guard.Enter("yet another", address));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 30.0)]
    [InlineData(6, 60.0)]
    [InlineData(9, 480.0)]
    [InlineData(10, 900.0)]
    [InlineData(1_000_000, 900.0)]
    public void Wait_GrowsToAQuarterOfAnHour(int failures, double? seconds) => Assert.Equal(seconds, SignInGuard.WaitAfter(failures)?.TotalSeconds);

    [Fact]
    public async Task Password_ThatIsEasyToGuess_IsRefusedInWords()
    {
        await using var server = new AccountServer();
        foreach (var (password, code) in new[]
        {
            ("short", "password_too_short"), ("abababababababab", "password_too_uniform"), ("Grace Hopper 12", "password_holds_name"), (new string('a', 257), "password_too_long"),
        })
        {
            var problem = await server.Browser().SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret = server.Terminal.Secret, name = "grace hopper", password }, 422);
            Assert.Contains(code, problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("code")));
        }
        // The link is not used up by it.
        await server.OwnerAsync();
    }

    [Fact]
    public async Task Password_Changed_EndsOtherSessionsAtOnce()
    {
        await using var server = new AccountServer();
        var here = await server.OwnerAsync();
        var there = server.Browser();
        await AccountServer.TrySignInAsync(there, "ada", AccountServer.Password);
        Assert.Equal("ada", await AccountServer.WhoAsync(there));
        var wrong = await here.SendAsync(HttpMethod.Put, "/api/v1/session/password", new { current = "wrong", password = "another good password" }, 422);
        Assert.Equal("wrong_password", wrong.ErrorCode("/current"));
        await here.SendAsync(HttpMethod.Put, "/api/v1/session/password", new { current = AccountServer.Password, password = "another good password" }, 204);
        Assert.Equal("ada", await AccountServer.WhoAsync(here));
        Assert.Null(await AccountServer.WhoAsync(there));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AccountServer.TrySignInAsync(there, "ada", AccountServer.Password)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AccountServer.TrySignInAsync(there, "ada", "another good password")).Status);
    }

    [Fact]
    public async Task SignOut_Everywhere_EndsAllSessionsAtOnce()
    {
        await using var server = new AccountServer();
        var here = await server.OwnerAsync();
        var there = server.Browser();
        await AccountServer.TrySignInAsync(there, "ada", AccountServer.Password);
        await here.SendAsync(HttpMethod.Delete, "/api/v1/session?everywhere=true", null, 204);
        Assert.Null(await AccountServer.WhoAsync(here));
        Assert.Null(await AccountServer.WhoAsync(there));
    }

    [Fact]
    public async Task SignOut_OfOneBrowser_EndsItsSessionForWhoeverHasACopyOfTheCookie()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-").FullName;
        string copied;
        await using (var server = new AccountServer(folder: folder))
        {
            var owner = await server.OwnerAsync();
            copied = await CookieAsync(server);
            using var browser = WithCookie(server, copied);
            using var thief = WithCookie(server, copied);
            Assert.Equal("ada", await AccountServer.WhoAsync(thief));
            await browser.SendAsync(HttpMethod.Delete, "/api/v1/session", null, 204);
            Assert.Null(await AccountServer.WhoAsync(thief));
            Assert.Equal("ada", await AccountServer.WhoAsync(owner));
        }
        await using (var server = new AccountServer(folder: folder))
        {
            using var thief = WithCookie(server, copied);
            Assert.Null(await AccountServer.WhoAsync(thief));
            using var again = WithCookie(server, await CookieAsync(server));
            Assert.Equal("ada", await AccountServer.WhoAsync(again));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> CookieAsync(AccountServer server)
    {
        using var content = Requests.Json($$"""{"name":"ada","password":"{{AccountServer.Password}}"}""");
        using var response = await server.Browser().PostAsync("/api/v1/session", content);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static HttpClient WithCookie(AccountServer server, string cookie)
    {
        var browser = server.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return browser;
    }

    [Fact]
    public async Task Session_AfterARestart_GoesOn()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-").FullName;
        string cookie;
        await using (var server = new AccountServer(folder: folder))
        {
            await server.OwnerAsync();
            cookie = await CookieAsync(server);
        }
        await using (var server = new AccountServer(folder: folder))
        {
            using var browser = WithCookie(server, cookie);
            Assert.Equal("ada", await AccountServer.WhoAsync(browser));
            // Two weeks without a request are its end.
            server.Clock.Move(TimeSpan.FromDays(15));
            Assert.Null(await AccountServer.WhoAsync(browser));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Page_WithoutASession_LeadsToSignInAndBack()
    {
        await using var server = new AccountServer();
        var browser = server.Browser();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using var response = await browser.GetAsync("/runs?project=a%20b");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in?return=%2Fruns%3Fproject%3Da%2520b", response.Headers.Location!.ToString());
        Assert.Contains("data-return=\"/runs?project=a%20b\"", WebUtility.HtmlDecode(await browser.GetStringAsync(response.Headers.Location)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/runs?project=a", "/runs?project=a")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("runs", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void Return_LeadsToThisServerAlone(string? path, string expected) => Assert.Equal(expected, LocalPath.Of(path));

    [Fact]
    public async Task Local_Server_HasNoAccounts()
    {
        await using var server = new Lossboard();
        using var client = server.CreateClient();
        var session = await client.GetAsync("/api/v1/session", 200);
        Assert.Equal(("local", "local", "administer"), (session.Text("mode"), session.Text("kind"), session.Text("everywhere")));
        Assert.Equal("no_accounts", (await client.SendAsync(HttpMethod.Post, "/api/v1/session", new { name = "a", password = "b" }, 409)).Text("code"));
        Assert.Equal("no_accounts", (await client.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { role = "owner" }, 409)).Text("code"));
        Assert.Contains("data-rights=\"read write manage administer\"", await client.GetStringAsync("/"), StringComparison.Ordinal);
    }
}
