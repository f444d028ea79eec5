using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Server;

/// <summary>Whether the server lives, whether it can work, and its numbers.</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services.AddSingleton<RequestCounters>().AddSingleton<MetricsText>();

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => TypedResults.Text("live")).Open().WithName("getLive").WithTags("Health").WithSummary("200 while the process answers.");
        endpoints.MapGet("/health/ready", (IStorageHealth health) => Ready(health)).Produces<string>(200, "text/plain")
            .Open().WithName("getReady").WithTags("Health").WithSummary("200 while storage and its writer work, 503 otherwise.");
        endpoints.MapGet("/metrics", (MetricsText metrics) => TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8"))
            .Produces<string>(200, "text/plain").Needs(AccessRight.Read, AccessSubject.Server).WithName("getMetrics").WithTags("Health").WithSummary("Counters in Prometheus' text format.");
    }

    private static ContentHttpResult Ready(IStorageHealth health)
    {
        if (health.State == StorageState.Ready)
            return TypedResults.Text("ready");
        var retryable = health.State is StorageState.Starting or StorageState.Full;
        throw new ApiProblemException(new ApiProblem
        {
            Status = 503,
            Code = "not_ready",
            Title = "Not ready",
            // The store words its reason for the person who runs the server.
            Detail = health.Reason ?? "The store cannot be used right now.",
            Retryable = retryable,
            RetryAfter = TimeSpan.FromSeconds(retryable ? 5 : 60),
        });
    }
}
