using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Server.Tests;

/// <summary>An OpenID Connect provider on loopback: discovery, keys and tokens. What it says in a token is the test's.</summary>
internal sealed class PlayedProvider : IAsyncDisposable
{
    public const string ClientId = "lossboard";
    public const string ClientSecret = "the client's secret";
    private const string KeyId = "played";
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;
    private string? _token;
    private string? _challenge;

    private PlayedProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address,
            authorization_endpoint = Address + "/authorize",
            token_endpoint = Address + "/token",
            jwks_uri = Address + "/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        _app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.ExportParameters(false)) { KeyId = KeyId });
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = KeyId, n = key.N, e = key.E } } });
        });
        // Named a delegate, or it would be taken for one that writes its answer itself.
        _app.MapPost("/token", (Delegate)TokenAsync);
    }

    /// <summary>Its address, which is its issuer.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Codes that were exchanged for tokens.</summary>
    public int Exchanged { get; private set; }

    public static async Task<PlayedProvider> StartAsync()
    {
        var provider = new PlayedProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>What a server is told of it.</summary>
    public Dictionary<string, string> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["Access:Oidc:Authority"] = Address,
            ["Access:Oidc:ClientId"] = ClientId,
            ["Access:Oidc:ClientSecret"] = ClientSecret,
            ["Access:Oidc:Name"] = "The lab's login",
        };
        foreach (var (key, value) in more)
            settings["Access:Oidc:" + key] = value;
        return settings;
    }

    /// <summary>The person signs in at the provider and comes back; answers the path that the server sends the browser to in the end.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="claims">What the provider says of the person.</param>
    /// <param name="bend">Changes the token before it is signed.</param>
    /// <param name="secret">Secret of the invitation that they come by.</param>
    /// <param name="key">Another key than the provider's own.</param>
    public async Task<string> SignInAsync(
        HttpClient browser, Dictionary<string, object> claims, Action<SecurityTokenDescriptor>? bend = null, string? secret = null, RSA? key = null)
    {
        var answer = await browser.SendAsync(HttpMethod.Post, "/api/v1/session/provider", new { @return = "/runs?project=cats", secret }, 200);
        var asked = new Uri(answer.Text("location")!);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal(Address + "/authorize", asked.GetLeftPart(UriPartial.Path));
        Assert.Equal(("code", ClientId, "S256"), (query["response_type"].ToString(), query["client_id"].ToString(), query["code_challenge_method"].ToString()));
        Assert.DoesNotContain(secret ?? "no secret at all", asked.ToString(), StringComparison.Ordinal);
        _challenge = query["code_challenge"];
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = ClientId,
            IssuedAt = DateTime.UtcNow,
            NotBefore = DateTime.UtcNow.AddMinutes(-1),
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object>(claims) { ["nonce"] = query["nonce"].ToString() },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? _key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256),
        };
        bend?.Invoke(descriptor);
        _token = new JsonWebTokenHandler().CreateToken(descriptor);
        using var back = await browser.GetAsync(new Uri($"{query["redirect_uri"]}?code=a-code&state={Uri.EscapeDataString(query["state"].ToString())}"));
        return back.Headers.Location?.ToString() ?? $"{(int)back.StatusCode}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["code"] != "a-code" || form["client_secret"] != ClientSecret || challenge != _challenge)
            return Results.BadRequest(new { error = "invalid_grant" });
        Exchanged++;
        return Results.Json(new { access_token = "access", token_type = "Bearer", expires_in = 300, id_token = _token });
    }
}
