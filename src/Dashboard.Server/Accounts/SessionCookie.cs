using System.Security.Claims;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dashboard.Server;

/// <summary>The cookie that says who signed in, sealed: a <see cref="SessionTicket"/>. A new stamp of the account makes it worthless, and so does signing out.</summary>
internal sealed class SessionCookie : ICookieManager
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "session";

    /// <summary>Name of the cookie over http; over https it has the prefix that keeps other hosts and plain connections from setting it.</summary>
    public const string Name = "lossboard";

    /// <summary>How long it is good for; one that is used is renewed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private const string SecureName = "__Host-" + Name;
    private const string StampClaim = "stamp";
    private const string SessionClaim = "session";
    private readonly ChunkingCookieManager _cookies = new();

    /// <summary>Sets the scheme up.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.CookieManager = new SessionCookie();
        options.Cookie.Name = Name;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
    }

    /// <summary>What the cookie of a new session says.</summary>
    public static ClaimsPrincipal Principal(AccountInfo account) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(StampClaim, account.SecurityStamp), new Claim(SessionClaim, Guid.NewGuid().ToString("n"))], Scheme));

    /// <summary>Sets it.</summary>
    public static Task SignInAsync(HttpContext context, AccountInfo account) =>
        context.SignInAsync(Scheme, Principal(account), new AuthenticationProperties { IsPersistent = true });

    /// <summary>What a request's cookie says; null without one that is whole and young enough.</summary>
    public static async Task<SessionTicket?> ReadAsync(HttpContext context)
    {
        var found = await context.AuthenticateAsync(Scheme);
        return found.Principal is { } principal
            && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } account && principal.FindFirstValue(StampClaim) is { } stamp && principal.FindFirstValue(SessionClaim) is { } session
            ? new SessionTicket(account, stamp, session)
            : null;
    }

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, Named(context));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _cookies.AppendResponseCookie(context, Named(context), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, Named(context), options);

    private static string Named(HttpContext context) => context.Request.IsHttps ? SecureName : Name;
}
