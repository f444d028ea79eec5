using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Dashboard.Web;

/// <summary>Turns an unanswered or failed request for a page into a designed page with the right status.</summary>
internal sealed partial class PageErrors(RequestDelegate next, ILogger<PageErrors> logger)
{
    private static readonly string[] ProgramPaths = ["/api", "/hubs", "/health", "/metrics", "/openapi"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (!WantsPage(context.Request))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            PageFailed(error, context.TraceIdentifier);
            await ShowAsync(context, StatusCodes.Status500InternalServerError);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound, ContentType: null })
        {
            await ShowAsync(context, context.Response.StatusCode);
        }
    }

    private static bool WantsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(ProgramPaths, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private static Task ShowAsync(HttpContext context, int status)
    {
        // A failed endpoint may leave headers behind, and rendering must not take place inside it.
        context.Response.Clear();
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Response.Headers.CacheControl = "no-store";
        var page = new RazorComponentResult<StatusDocument>(new Dictionary<string, object?>
        {
            [nameof(StatusDocument.Status)] = status,
            [nameof(StatusDocument.RequestId)] = context.TraceIdentifier,
        })
        { StatusCode = status };
        return page.ExecuteAsync(context);
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "Rendering a page failed; request {RequestId}")]
    private partial void PageFailed(Exception error, string requestId);
}
