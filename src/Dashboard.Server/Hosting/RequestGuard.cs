using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>
/// Keeps web pages of other sites away: a browser can be made to send requests here, with its cookies or from this very machine, but a page can forge neither the <c>Host</c>
/// (which gives away a foreign name that resolves to this machine) nor the <c>Origin</c>.
/// </summary>
internal sealed class RequestGuard
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly RequestDelegate _next;
    private readonly HashSet<string>? _hosts;
    private readonly string _words;

    public RequestGuard(RequestDelegate next, IOptions<AccessOptions> options, CallerReader callers)
    {
        _next = next;
        var named = options.Value.Hosts.Where(host => !string.IsNullOrWhiteSpace(host)).Select(host => host.Trim()).ToList();
        // What links begin with must be answered where names are listed at all.
        if (named.Count > 0 && Uri.TryCreate(options.Value.PublicUrl, UriKind.Absolute, out var address))
            named.Add(address.Host);
        var isLocal = callers.Mode == AccessMode.Local;
        // The machine's own names always: workers and health checks use them, and who can send them is on the machine.
        _hosts = isLocal || named.Count > 0 ? new HashSet<string>([.. Loopback, .. named], StringComparer.OrdinalIgnoreCase) : null;
        _words = isLocal
            ? $"This server answers to localhost, 127.0.0.1 and [::1]{string.Concat(named.Select(name => $", {name}"))} only; open it by one of these names."
            : $"This server does not answer to this name. Open it by the one that its owner gave you; the owner sets names in {AccessOptions.Section}:{nameof(AccessOptions.Hosts)}.";
    }

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        SecurityHeaders.Set(context.Response.Headers);
        if (request.IsHttps && !Loopback.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            SecurityHeaders.SetHttpsOnly(context.Response.Headers);
        if (_hosts?.Contains(request.Host.Host) == false)
            return RefuseAsync(context, 400, "foreign_host", "Unknown host", _words);
        if (!IsGuarded(request))
            return _next(context);
        if (RequestOrigin.IsForeign(request))
            return RefuseAsync(context, 403, "foreign_origin", "Foreign origin", "Pages of other sites may not change anything here or listen in.");
        // Browsers send cookies by themselves, and say of such requests where they come from.
        if (request.Headers.Cookie.Count > 0 && !RequestOrigin.IsKnownOwn(request))
            return RefuseAsync(context, 403, "missing_origin", "Origin missing", "A request with cookies that changes something must say in Origin that a page of this server sent it. Scripts use a key, and no cookies.");
        return _next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string title, string detail) =>
        ProblemMiddleware.WriteAsync(context, new ApiProblem { Status = status, Code = code, Title = title, Detail = detail });

    private static bool IsGuarded(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Path.StartsWithSegments("/hubs");
}
