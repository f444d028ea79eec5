using System.Security.Claims;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dashboard.Server;

/// <summary>The cookie that says who signed in: id and stamp of the account, sealed. A new stamp makes it worthless.</summary>
internal sealed class SessionCookie : ICookieManager
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "session";

    /// <summary>Name of the cookie over http; over https it has the prefix that keeps other hosts and plain connections from setting it.</summary>
    public const string Name = "lossboard";

    private const string SecureName = "__Host-" + Name;
    private const string StampClaim = "stamp";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);
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

    /// <summary>What the cookie says of an account.</summary>
    public static ClaimsPrincipal Principal(AccountInfo account) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(StampClaim, account.SecurityStamp)], Scheme));

    /// <summary>Sets it.</summary>
    public static Task SignInAsync(HttpContext context, AccountInfo account) =>
        context.SignInAsync(Scheme, Principal(account), new AuthenticationProperties { IsPersistent = true });

    /// <summary>Id and stamp that a request's cookie says; null without one that is whole and young enough.</summary>
    public static async Task<(string Id, string Stamp)?> ReadAsync(HttpContext context)
    {
        var found = await context.AuthenticateAsync(Scheme);
        return found.Principal is { } principal && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && principal.FindFirstValue(StampClaim) is { } stamp ? (id, stamp) : null;
    }

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, Named(context));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _cookies.AppendResponseCookie(context, Named(context), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, Named(context), options);

    private static string Named(HttpContext context) => context.Request.IsHttps ? SecureName : Name;
}
