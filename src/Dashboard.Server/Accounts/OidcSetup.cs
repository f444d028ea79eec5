using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dashboard.Server;

/// <summary>The provider's scheme: the code flow with PKCE, state and nonce, and a signed token for this server alone.</summary>
internal sealed partial class OidcSetup(IOptions<AccessOptions> access, ILogger<OidcSetup> logger) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    public void Configure(OpenIdConnectOptions options) => Configure(null, options);

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        var oidc = access.Value.Oidc;
        options.Authority = oidc.Authority;
        options.ClientId = oidc.ClientId;
        options.ClientSecret = oidc.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as an address: a form that another site posts here would be refused.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = OidcSignIn.CallbackPath;
        options.SignInScheme = SessionCookie.Scheme;
        options.MapInboundClaims = false;
        options.TokenHandler = new SignedTokens { MapInboundClaims = false };
        options.DisableTelemetry = true;
        options.RequireHttpsMetadata = !(Uri.TryCreate(oidc.Authority, UriKind.Absolute, out var authority) && authority.IsLoopback);
        foreach (var scope in oidc.Scopes.Prepend("email"))
            options.Scope.Add(scope);
        options.ClaimActions.Remove("iss");
        options.TokenValidationParameters.ClockSkew = ClockDifference;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            if (access.Value.PublicUrl is { } address)
                context.ProtocolMessage.RedirectUri = address.TrimEnd('/') + OidcSignIn.CallbackPath;
            return Task.CompletedTask;
        };
        options.Events.OnTicketReceived = context => context.HttpContext.RequestServices.GetRequiredService<OidcSignIn>().ReceivedAsync(context);
        options.Events.OnRemoteFailure = context =>
        {
            Failed(context.Failure);
            OidcSignIn.Refused(context, "provider");
            return Task.CompletedTask;
        };
        options.Events.OnAccessDenied = context =>
        {
            OidcSignIn.Refused(context, "provider");
            return Task.CompletedTask;
        };
    }

    [LoggerMessage(2413, LogLevel.Warning, "A sign-in with the OpenID Connect provider was refused.")]
    private partial void Failed(Exception? failure);
}
