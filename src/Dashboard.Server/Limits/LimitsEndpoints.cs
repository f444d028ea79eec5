using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>What a client may send.</summary>
internal static class LimitsEndpoints
{
    /// <summary>Maps <c>GET /limits</c>.</summary>
    public static void MapLimits(this IEndpointRouteBuilder api) =>
        api.MapGet("/limits", (ApiLimits limits) => TypedResults.Ok(limits))
            .Open().WithName("getLimits").WithTags("Limits").WithSummary("Every limit the server enforces.");
}
