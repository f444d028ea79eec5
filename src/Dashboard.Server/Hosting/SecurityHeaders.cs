namespace Dashboard.Server;

/// <summary>Headers that keep a page from loading, embedding or being embedded by anything foreign. Pages of this server may frame each other: reports do.</summary>
internal static class SecurityHeaders
{
    // Chart libraries set style attributes, which style-src governs; scripts are files of our own only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>Sets them; an endpoint may set stricter ones afterwards.</summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Keeps a browser from ever going back to plain HTTP; for a name that other machines use.</summary>
    public static void SetHttpsOnly(IHeaderDictionary headers) => headers.StrictTransportSecurity = "max-age=31536000";
}
