using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Server.Tests;

/// <summary>A server with accounts and two projects, "ours" and "theirs", with one of everything in each, and a second run in ours. The roles have real keys, sessions and a share link; some more callers are played.</summary>
public sealed class TwoProjects : IAsyncLifetime
{
    internal static readonly string[] Roles = ["anonymous", "expired", "read", "write", "worker", "other", "share", "viewer", "member", "owner", "server"];

    private static readonly string[] People = ["viewer", "member", "owner", "server"];

    private readonly PlayedCredentials _credentials = new();
    private readonly HeardTerminal _terminal = new();
    private readonly Dictionary<string, (string Header, string Value)> _headers = [];

    public TwoProjects() => Server = new Lossboard(
        new Dictionary<string, string>
        {
            // A walk asks for more than a person does.
            ["Access:Mode"] = "Accounts", ["Limits:MaxFailedKeysPerMinute"] = "100000", ["Limits:MaxRequestsPerSecond"] = "100000", ["Limits:MaxRequestBurst"] = "100000",
        },
        services =>
        {
            services.AddSingleton<ICredentialReader>(_credentials);
            services.Replace(ServiceDescriptor.Singleton<ITerminal>(_terminal));
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        });

    public Lossboard Server { get; }

    internal PlayedCredentials Credentials => _credentials;

    internal Belongings Ours { get; private set; } = null!;

    internal Belongings Theirs { get; private set; } = null!;

    /// <summary>The run of ours that no share link shows.</summary>
    public string Second { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _ = Server.Address;
        await JoinAsync("server", _terminal.Secret);
        using var owner = As("server");
        Ours = await Belongings.MakeAsync(owner, "ours");
        Theirs = await Belongings.MakeAsync(owner, "theirs");
        Second = (await owner.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"ours","run":"runner-up","config":{"lr":7}}""", 201)).Text("id")!;
        await owner.PostEventsAsync("""{"project":"ours","run":"runner-up","events":[{"type":"scalar","tag":"loss","step":1,"value":3},{"type":"scalar","tag":"other","step":1,"value":3}]}""");

        foreach (var role in (string[])["viewer", "member", "owner"])
            await JoinAsync(role, AccountServer.Secret(await Belongings.InviteAsync(owner, "ours", role)));
        // Of a maker of their own: what somebody made, their keys may take back.
        using var maker = As("owner");
        foreach (var role in (string[])["read", "write", "worker"])
            _headers[role] = ("Authorization", "Bearer " + (await Belongings.KeyAsync(maker, "ours", role)).Key);
        _headers["other"] = ("Authorization", "Bearer " + (await Belongings.KeyAsync(owner, "theirs", "write")).Key);
        _headers["other worker"] = ("Authorization", "Bearer " + (await Belongings.KeyAsync(owner, "theirs", "worker")).Key);
        var gone = await Belongings.KeyAsync(owner, "ours", "write");
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{gone.Id}", null, 204);
        _headers["expired"] = ("Authorization", "Bearer " + gone.Key);
        await JoinAsync("other owner", AccountServer.Secret(await Belongings.InviteAsync(owner, "theirs", "owner")));
        await JoinAsync("spare", AccountServer.Secret(await Belongings.InviteAsync(owner, "ours", "viewer")));
        using var spare = As("spare");
        (Ours, Theirs) = (Ours with { Account = await AccountServer.IdAsync(spare) }, Theirs with { Account = await AccountServer.IdAsync(spare) });
        using var anonymous = As("anonymous");
        var shared = await Belongings.LinkAsync(owner, "ours", Ours.Run, $"/reports?project=ours&report={Ours.View}");
        using var opened = await anonymous.PostAsync("/api/v1/share-links/open", Requests.Json($$"""{"secret":"{{shared.Secret}}"}"""));
        _headers["share"] = await CookieAsync(opened);

        _credentials.Add("share of a tag", CallerKind.Share, new AccessGrant(AccessRight.Read, "ours", new HashSet<string> { Ours.Run }, new HashSet<string> { "loss", "h", "e" }));
        _credentials.Add("both", CallerKind.Account,
            new AccessGrant(AccessRight.Write, "theirs"), new AccessGrant(AccessRight.Read, "ours", new HashSet<string> { Ours.Run }));
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A client with the credentials of a role; none for "anonymous".</summary>
    public HttpClient As(string role) => With(role, Header(role));

    /// <summary>The same, but for people in a session of its own, which may end.</summary>
    public async Task<HttpClient> AsAnewAsync(string role)
    {
        if (!People.Contains(role))
            return As(role);
        using var anonymous = As("anonymous");
        using var signedIn = await anonymous.PostAsync("/api/v1/session", Requests.Json($$"""{"name":"{{role}}","password":"{{AccountServer.Password}}"}"""));
        return With(role, await CookieAsync(signedIn));
    }

    private HttpClient With(string role, (string Name, string Value) header)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Server.Address };
        if (role != "anonymous")
            client.DefaultRequestHeaders.Add(header.Name, header.Value);
        // As a browser says of its pages' requests.
        if (header.Name == "Cookie")
            client.DefaultRequestHeaders.Add("Origin", Server.Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <summary>The header with a role's credentials.</summary>
    internal (string Name, string Value) Header(string role) => _headers.TryGetValue(role, out var header) ? header : (PlayedCredentials.Header, role);

    private async Task JoinAsync(string name, string secret)
    {
        using var anonymous = As("anonymous");
        using var joined = await anonymous.PostAsync("/api/v1/invitations/open", Requests.Json($$"""{"secret":"{{secret}}","name":"{{name}}","password":"{{AccountServer.Password}}"}"""));
        _headers[name] = await CookieAsync(joined);
    }

    private static async Task<(string Name, string Value)> CookieAsync(HttpResponseMessage answer)
    {
        await answer.ReadAsync(200);
        return ("Cookie", string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
    }
}
