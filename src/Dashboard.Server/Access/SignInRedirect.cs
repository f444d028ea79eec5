namespace Dashboard.Server;

/// <summary>Sends a browser that asked for a page without credentials to the page where people sign in, and back afterwards.</summary>
internal static class SignInRedirect
{
    /// <summary>Path of the page.</summary>
    public const string Page = "/sign-in";

    /// <summary>Whether a browser asks for a page, and no program for data.</summary>
    public static bool IsForPage(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/hubs")
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Redirects where the request is for a page; false where a program asks.</summary>
    public static bool TryRedirect(HttpContext context)
    {
        var request = context.Request;
        if (!IsForPage(context))
            return false;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect($"{request.PathBase}{Page}?return={Uri.EscapeDataString(request.Path + request.QueryString)}");
        return true;
    }
}
