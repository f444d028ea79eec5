using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Dashboard.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Server;

/// <summary>
/// The cookies of opened share links: which ones, and until when, signed and encrypted by Data Protection. They say that the secret was known once; whether the link still lives is asked at each request.
/// One opened in a frame on another site goes into a cookie of its own, which the browser keeps for that site alone.
/// </summary>
internal sealed class ShareCookies(IDataProtectionProvider protection, ShareLinks links)
{
    /// <summary>How long an opened link stays open without being looked at, seconds.</summary>
    public const double LifetimeSeconds = 12 * 3600;

    private const string Name = "lossboard.share";
    private const string EmbedName = "lossboard.embed";
    // Opened at the same time in one browser; of more, the last ones.
    private const int MostLinks = 8;
    private readonly IDataProtector _protector = protection.CreateProtector("Dashboard.Server.ShareLinks.v1");
    private readonly IDataProtector _embedProtector = protection.CreateProtector("Dashboard.Server.ShareLinks.Embed.v1");

    /// <summary>The live links that a request's browser has opened, the last opened first; read once a request.</summary>
    public async ValueTask<IReadOnlyList<OpenLink>> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<OpenLinks>() is { } known)
            return known.Links;
        var open = new List<OpenLink>();
        await ReadAsync(context, embedded: false, open);
        await ReadAsync(context, embedded: true, open);
        context.Features.Set(new OpenLinks(open));
        return open;
    }

    /// <summary>What <see cref="ReadAsync(HttpContext)"/> has read of this request; null where it has not.</summary>
    public static IReadOnlyList<OpenLink>? Known(HttpContext context) => context.Features.Get<OpenLinks>()?.Links;

    /// <summary>Adds a link to those that the browser has opened, or keeps it for longer.</summary>
    public async Task AddAsync(HttpContext context, ShareLinkInfo link, bool embedded)
    {
        var until = Until(link);
        var others = (await ReadAsync(context)).Where(open => open.Embedded == embedded && open.Link.Id != link.Id).Take(MostLinks - 1);
        Write(context, [new OpenLink(link, until, embedded), .. others], embedded);
    }

    /// <summary>Keeps open links for longer where half of their time is over, so that a screen on a wall stays lit.</summary>
    public void Renew(HttpContext context, IReadOnlyList<OpenLink> open)
    {
        foreach (var jar in open.GroupBy(one => one.Embedded))
        {
            if (jar.Any(one => one.Until - links.Now < LifetimeSeconds / 2 && one.Until < Until(one.Link)))
                Write(context, [.. jar.Select(one => one with { Until = Until(one.Link) })], jar.Key);
        }
    }

    private double Until(ShareLinkInfo link) => Math.Floor(Math.Min(links.Now + LifetimeSeconds, link.Expires ?? double.MaxValue));

    private async ValueTask ReadAsync(HttpContext context, bool embedded, List<OpenLink> open)
    {
        if (context.Request.Cookies[CookieName(context, embedded)] is not { Length: > 0 } cookie || Unprotect(cookie, embedded) is not { } text)
            return;
        var now = links.Now;
        foreach (var entry in text.Split(' ', MostLinks, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !double.TryParse(entry.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var until) || until <= now)
                continue;
            if (await links.FindLiveAsync(entry[..colon], context.RequestAborted) is { } link && !open.Exists(one => one.Link.Id == link.Id && one.Embedded == embedded))
                open.Add(new OpenLink(link, until, embedded));
        }
    }

    private string? Unprotect(string cookie, bool embedded)
    {
        try
        {
            return (embedded ? _embedProtector : _protector).Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            // Another server's on this host, or an old key's: as none.
            return null;
        }
    }

    private void Write(HttpContext context, IReadOnlyList<OpenLink> open, bool embedded)
    {
        var text = string.Join(' ', open.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Link.Id}:{one.Until:0}")));
        var https = context.Request.IsHttps;
        // Browsers take this machine itself for as safe as https.
        var foreign = embedded && (https || IsThisMachine(context.Request.Host.Host));
        var options = new CookieOptions
        {
            HttpOnly = true,
            Secure = https || foreign,
            SameSite = foreign ? SameSiteMode.None : SameSiteMode.Strict,
            Path = "/",
            MaxAge = TimeSpan.FromSeconds(Math.Max(1, open.Max(one => one.Until) - links.Now)),
            IsEssential = true,
        };
        if (foreign)
            options.Extensions.Add("Partitioned");
        context.Response.Cookies.Append(CookieName(context, embedded), (embedded ? _embedProtector : _protector).Protect(text), options);
    }

    // The prefix keeps other hosts of the same domain from setting it.
    private static string CookieName(HttpContext context, bool embedded) => (context.Request.IsHttps ? "__Host-" : "") + (embedded ? EmbedName : Name);

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private sealed record OpenLinks(IReadOnlyList<OpenLink> Links);
}
