using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Server.Tests;

/// <summary>A server with accounts, whose terminal and clock are the test's.</summary>
internal sealed class AccountServer : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";
    private readonly List<HttpClient> _clients = [];

    public AccountServer(Dictionary<string, string>? settings = null, string? folder = null)
    {
        Server = new Lossboard(new Dictionary<string, string>(settings ?? []) { ["Access:Mode"] = "Accounts" }, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<ITerminal>(Terminal));
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            // Slow on purpose is for those who guess.
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        }, folder);
        _ = Server.Address;
    }

    public Lossboard Server { get; }

    public HeardTerminal Terminal { get; } = new();

    public ShiftedTime Clock { get; } = new();

    /// <summary>A browser of its own: it keeps cookies and follows no redirect.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Server.Address };
        // As a browser says of its pages' requests.
        client.DefaultRequestHeaders.Add("Origin", Server.Address.GetLeftPart(UriPartial.Authority));
        _clients.Add(client);
        return client;
    }

    /// <summary>The first owner, come by the link that the server printed.</summary>
    public async Task<HttpClient> OwnerAsync(string name = "ada")
    {
        var browser = Browser();
        await browser.SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret = Terminal.Secret, name, password = Password }, 200);
        return browser;
    }

    /// <summary>A link that somebody makes: its secret.</summary>
    public static async Task<string> InviteAsync(HttpClient by, string? project, string role, int days = 7) =>
        Secret(await by.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { project, role, days }, 201));

    /// <summary>Somebody who comes by an invitation.</summary>
    public async Task<HttpClient> JoinedAsync(HttpClient by, string? project, string role, string name)
    {
        var secret = await InviteAsync(by, project, role);
        var browser = Browser();
        await browser.SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret, name, password = Password }, 200);
        return browser;
    }

    public static string Secret(JsonElement invitation) => invitation.Text("url")!.Split('#')[1];

    public static async Task<string> IdAsync(HttpClient browser) => (await browser.GetAsync("/api/v1/session", 200)).Text("id")!;

    /// <summary>Name of the person of a browser; null where nobody is signed in.</summary>
    public static async Task<string?> WhoAsync(HttpClient browser)
    {
        var session = await browser.GetAsync("/api/v1/session", 200);
        return session.Text("kind") == "account" ? session.Text("name") : null;
    }

    /// <summary>Signs in and gives the answer, whatever it is.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Answer, TimeSpan? RetryAfter)> TrySignInAsync(HttpClient browser, string name, string password)
    {
        using var content = Requests.Json(JsonSerializer.Serialize(new { name, password }));
        using var response = await browser.PostAsync("/api/v1/session", content);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, answer.RootElement.Clone(), response.Headers.RetryAfter?.Delta);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await Server.DisposeAsync();
    }
}
