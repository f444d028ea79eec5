using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

/// <summary>A server with accounts and a clock of its own, whose people say in a header who they are: <c>ann write p</c> is an account with a right in a project.</summary>
public sealed class SharingHost : IAsyncLifetime
{
    private const string Header = "Test-Person";
    private Lossboard _server = null!;

    internal StoodClock Clock { get; } = new();

    internal Lossboard Server => _server;

    public string Run { get; private set; } = "";

    public string Other { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _server = new Lossboard(new() { ["Access:Mode"] = "Accounts" }, services =>
        {
            services.AddSingleton<ICredentialReader, Persons>();
            services.AddSingleton<TimeProvider>(Clock);
        });
        using var owner = As("root administer");
        Run = (await owner.PostEventsAsync("""{"project":"p","run":"r","events":[{"type":"scalar","tag":"loss","step":1,"value":1},{"type":"scalar","tag":"secret/loss","step":1,"value":2}]}""")).Text("run_id")!;
        Other = (await owner.PostEventsAsync("""{"project":"other","run":"r","events":[{"type":"scalar","tag":"loss","step":1,"value":1}]}""")).Text("run_id")!;
    }

    /// <summary>An account that the store knows, as who makes links is noted by it; answers how it says who it is.</summary>
    internal async Task<string> JoinAsync(string name, string right)
    {
        var account = await _server.Services.GetRequiredService<IAccountStore>().AddAsync(new NewAccount(name, name.ToUpperInvariant(), null, null, "stamp"), null);
        return $"{account.Id} {right} p";
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>A browser of somebody; null for nobody. It keeps cookies.</summary>
    internal HttpClient As(string? person)
    {
        // Cookies are secure for frames on other sites, also here, where browsers take this machine for safe; this client would not send them.
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        // A browser says of each request of a page that the page is this server's.
        client.DefaultRequestHeaders.Add("Origin", _server.Address.GetLeftPart(UriPartial.Authority));
        if (person is not null)
            client.DefaultRequestHeaders.Add(Header, person);
        return client;
    }

    /// <summary>Makes a link, to the project's scalars where no view is named; answers its id and secret.</summary>
    internal async Task<(string Id, string Secret)> MakeAsync(string person = "ann write p", double? expires = null, string? password = null, string[]? tags = null, string[]? origins = null, string view = "/scalars?project=p")
    {
        using var client = As(person);
        var made = await client.SendAsync(HttpMethod.Post, "/api/v1/share-links", new
        {
            project = "p",
            run_ids = new[] { Run },
            tags,
            view,
            expires,
            password,
            title = "Mine",
            embed_origins = origins,
        }, 201);
        var url = made.Text("url")!;
        return (made.Text("id")!, url[(url.IndexOf('#', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Opens a link; answers a browser that has its cookie.</summary>
    internal async Task<(HttpClient Client, string Cookie)> OpenAsync(string secret, string? password = null, bool embed = false)
    {
        var client = As(null);
        using var answer = await client.PostAsJsonAsync("/api/v1/share-links/open", new { secret, password, embed });
        await answer.ReadAsync(200);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        return (client, cookie);
    }

    /// <summary>Tries to open a link; answers the problem without what differs between any two requests.</summary>
    internal async Task<string> RefusedAsync(string secret, int status, string? password = null)
    {
        using var client = As(null);
        var problem = await client.SendAsync(HttpMethod.Post, "/api/v1/share-links/open", new { secret, password }, status);
        return JsonSerializer.Serialize(problem.EnumerateObject().Where(field => field.Name != "request_id").ToDictionary(field => field.Name, field => field.Value));
    }

    /// <summary>A clock that stands until it is moved; what waits for it waits by the real one.</summary>
    internal sealed class StoodClock : TimeProvider
    {
        private readonly DateTimeOffset _start = DateTimeOffset.FromUnixTimeSeconds(System.GetUtcNow().ToUnixTimeSeconds());
        private long _ticks;

        public double Now => GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

        public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _ticks));

        public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }

    private sealed class Persons : ICredentialReader
    {
        public ValueTask<Caller?> ReadAsync(HttpContext context)
        {
            if (context.Request.Headers[Header].ToString().Split(' ') is not [{ Length: > 0 } name, { } right, ..] words)
                return ValueTask.FromResult<Caller?>(null);
            var grant = new AccessGrant(Enum.Parse<AccessRight>(right, ignoreCase: true), words.ElementAtOrDefault(2));
            return ValueTask.FromResult<Caller?>(new Caller(CallerKind.Account, name, [grant]) { Id = name, AccountId = name });
        }
    }
}
