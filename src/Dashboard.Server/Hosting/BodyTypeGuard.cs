using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Server;

/// <summary>
/// Takes only bodies of types that an endpoint says it accepts. What a form or a script of another site can send without being asked for leave (forms, plain text, bytes without a type)
/// is refused, whatever else is wrong with it.
/// </summary>
internal sealed class BodyTypeGuard(RequestDelegate next)
{
    private static readonly string[] FromForms = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        // The hub's own transports send plain text; where it comes from is checked there for every request.
        if (context.GetEndpoint() is not { } endpoint || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Path.StartsWithSegments("/hubs")
            || context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true || IsAccepted(request, endpoint))
        {
            return next(context);
        }
        throw ApiProblems.UnsupportedMediaType(Types(endpoint) is { Count: > 0 } types ? string.Join(" or ", types) : "application/json");
    }

    // Where an endpoint lists types, routing has kept others from it, but lets pass what has none; a browser asks for leave before all methods but POST.
    private static bool IsAccepted(HttpRequest request, Endpoint endpoint) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var given) && given.MediaType.Value is { } type
            ? Types(endpoint).Count > 0 || !FromForms.Contains(type, StringComparer.OrdinalIgnoreCase)
            : !HttpMethods.IsPost(request.Method);

    private static IReadOnlyList<string> Types(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [];
}
