using Dashboard.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>How runs went: time, speed, schedules.</summary>
internal static class ProcessEndpoints
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddProcess(this IServiceCollection services) => services.AddSingleton<ProcessReads>();

    /// <summary>Maps <c>/runs/{run_id}/process</c>.</summary>
    public static void MapProcess(this IEndpointRouteBuilder api) => api.MapGet("/runs/{run_id}/process", ReadAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared().WithName("readProcess").WithTags("Process")
        .WithSummary("How a run spent its time, how fast it steps, what is left, and which course its learning rate takes.")
        .WithDescription("Phases of one name add up, and what none covers is told. The rate is read from the curve with the most points; the total from the configuration (total_steps, epochs and "
            + "steps_per_epoch, and their kin), else from phases that repeat once an epoch. What cannot be told is null, with the reason.");

    private static async Task<Ok<ProcessView>> ReadAsync([FromRoute(Name = "run_id")] string runId, ProcessReads reads, CancellationToken cancellation) =>
        TypedResults.Ok(await reads.ReadAsync(runId, cancellation));
}
