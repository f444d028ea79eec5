using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace Dashboard.Server;

/// <summary>
/// Lets the pages of a share link's origins show it in a frame, and nobody else, and nothing else: the page that opens it, by the id in its path, and the view itself, by the id in its query, for a browser
/// that has opened the link. Where there are no accounts nothing may be framed: the view would have all rights.
/// </summary>
internal sealed partial class EmbedHeaders(RequestDelegate next, ShareLinks links, ShareCookies cookies, CallerReader callers)
{
    /// <summary>Path of the page that opens a link in a frame.</summary>
    public const string EmbedPath = "/embed";

    /// <summary>Path of the page that opens a link.</summary>
    public const string SharePath = "/share";

    /// <summary>The query's parameter with the id of the link that is shown in a frame.</summary>
    public const string LinkParameter = "share";

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(EmbedPath, out var rest))
        {
            Private(context.Response.Headers);
            var link = callers.Mode == AccessMode.Accounts && rest.Value is { Length: > 1 } id ? await links.FindLiveAsync(id[1..], context.RequestAborted) : null;
            Frame(context.Response.Headers, link?.EmbedOrigins ?? []);
        }
        else if (path == SharePath)
        {
            Private(context.Response.Headers);
            Frame(context.Response.Headers, []);
        }
        else if (callers.Mode == AccessMode.Accounts && HttpMethods.IsGet(context.Request.Method) && context.Request.Query[LinkParameter] is [{ Length: > 0 } shown]
            && (await cookies.ReadAsync(context)).FirstOrDefault(open => open.Link.Id == shown && open.Link.EmbedOrigins.Count > 0) is { } open)
        {
            Private(context.Response.Headers);
            // A block of a report stands in our page of the report, which stands in the origin's: browsers ask for all that is around it.
            Frame(context.Response.Headers, ViewAddress.Of(open.Link.View)?.ReportId is null ? open.Link.EmbedOrigins : ["'self'", .. open.Link.EmbedOrigins]);
        }
        await next(context);
    }

    private static void Private(IHeaderDictionary headers)
    {
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }

    private static void Frame(IHeaderDictionary headers, IReadOnlyList<string> origins)
    {
        var ancestors = "frame-ancestors " + (origins.Count == 0 ? "'none'" : string.Join(' ', origins));
        headers.ContentSecurityPolicy = new StringValues(FrameAncestors().Replace(headers.ContentSecurityPolicy.ToString(), ancestors));
        // An older header that knows no list of origins, and that browsers pass over where the policy has one.
        if (origins.Count == 0)
            headers.XFrameOptions = "DENY";
        else
            headers.Remove("X-Frame-Options");
    }

    [GeneratedRegex("frame-ancestors[^;]*", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex FrameAncestors();
}
