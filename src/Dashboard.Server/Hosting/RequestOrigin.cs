namespace Dashboard.Server;

/// <summary>Whether a browser sent a request from a page of this server itself.</summary>
internal static class RequestOrigin
{
    /// <summary>Whether a page of another site, or of another name of this one, sent it: by its <c>Origin</c>, or by what the browser says of it.</summary>
    public static bool IsForeign(HttpRequest request) =>
        (request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin.ToString(), request)) || request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    /// <summary>Whether it says that a page of this server sent it; false also where it says nothing.</summary>
    public static bool IsKnownOwn(HttpRequest request) => request.Headers.Origin is { Count: > 0 } origin
        ? IsOwn(origin.ToString(), request)
        : Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && IsOwn(from.GetLeftPart(UriPartial.Authority), request);

    private static bool IsOwn(string origin, HttpRequest request) => string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
