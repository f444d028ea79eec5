namespace Dashboard.Server;

/// <summary>
/// Keeps web pages of other sites away from a server without login: a browser on this machine can be made to send requests here, but cannot
/// forge the <c>Host</c> (which gives away a foreign name that resolves to this machine) nor the <c>Origin</c>.
/// </summary>
internal sealed class LocalOnly(RequestDelegate next)
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        SecurityHeaders.Set(context.Response.Headers);
        if (!Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return ProblemMiddleware.WriteAsync(context, new ApiProblem
            {
                Status = 400,
                Code = "foreign_host",
                Title = "Unknown host",
                Detail = "This server answers to localhost, 127.0.0.1 and [::1] only; open it by one of these names.",
            });
        }
        if (IsGuarded(request) && request.Headers.Origin is { Count: > 0 } origin && !IsSame(origin.ToString(), request))
        {
            return ProblemMiddleware.WriteAsync(context, new ApiProblem
            {
                Status = 403,
                Code = "foreign_origin",
                Title = "Foreign origin",
                Detail = "Pages of other sites may not change anything here or listen in.",
            });
        }
        return next(context);
    }

    private static bool IsGuarded(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Path.StartsWithSegments("/hubs");

    private static bool IsSame(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
