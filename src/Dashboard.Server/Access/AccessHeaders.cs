namespace Dashboard.Server;

/// <summary>Headers of answers that depend on who asks: nothing between keeps them, and what a share link opens tells no other site where it was.</summary>
internal static class AccessHeaders
{
    /// <summary>What a browser keeps of a credentialed answer: nothing.</summary>
    public const string NoStore = "private, no-store";

    /// <summary>Sets them before the endpoint runs, which may allow more for what never changes; not for whom a link brought.</summary>
    public static void Set(HttpContext context, Caller caller, bool isOpen)
    {
        // Where there are no accounts, nobody is told apart; and what is for everybody says itself how long it lasts.
        if (caller.Kind is CallerKind.Local or CallerKind.Nobody || isOpen)
            return;
        var response = context.Response;
        response.Headers.CacheControl = NoStore;
        if (!caller.Grants.Any(grant => grant.IsShared))
            return;
        response.Headers["Referrer-Policy"] = "no-referrer";
        // A link that is withdrawn leaves nothing behind.
        response.OnStarting(static state =>
        {
            ((HttpResponse)state).Headers.CacheControl = NoStore;
            return Task.CompletedTask;
        }, response);
    }
}
