using Dashboard.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>Samples of predictions over steps.</summary>
internal static class SampleEndpoints
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddSamples(this IServiceCollection services) => services.AddSingleton<SampleCache>().AddSingleton<SampleReads>();

    /// <summary>Maps <c>/runs/{run_id}/samples</c>.</summary>
    public static void MapSamples(this IEndpointRouteBuilder api)
    {
        var samples = api.MapGroup("/runs/{run_id}/samples").WithTags("Samples");
        samples.MapGet("", SamplesAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readSamples").WithSummary("Samples of one series of predictions over its steps, the most notable first.")
            .WithDescription("sort: hardest (loss of the last step; one that is no number first), mean_loss, forgotten (right at one step, wrong at the next), never_learned, mislabelled (confident learning over the "
                + "probabilities of the last step), margin (area under the margin, lowest first). label: only samples of this class. Samples are matched by id where they have one, else by position. "
                + "Losses that were not logged are the cross entropy where all scores are probabilities, or the squared error beside targets.");
        samples.MapGet("/losses", LossesAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readSampleLosses").WithSummary("Losses of samples over steps: how they are spread by step and label, and points for a picture.")
            .WithDescription("points (20000 where absent) bounds the points: of every step and label the samples of the smallest and largest loss, then the same other samples at every step. "
                + "The figures of the groups are of all samples. label: only samples of this class.");
    }

    private static async Task<Ok<SamplesView>> SamplesAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, string? sort, int? label, int? limit, string? cursor, HttpResponse response, SeqSource seqs, SampleReads reads,
        CancellationToken cancellation)
    {
        // Before the read: what is committed meanwhile may be in the answer, and what was committed before is.
        var seq = seqs.LastSeq;
        SeqHeader.Set(response, seq);
        return TypedResults.Ok(await reads.ListAsync(runId, tag, sort, label, limit, cursor, cancellation) with { Seq = seq });
    }

    private static async Task<Ok<SampleLossesView>> LossesAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, int? points, int? label, HttpResponse response, SeqSource seqs, SampleReads reads, CancellationToken cancellation)
    {
        var seq = seqs.LastSeq;
        SeqHeader.Set(response, seq);
        return TypedResults.Ok(await reads.LossesAsync(runId, tag, points, label, cancellation) with { Seq = seq });
    }
}
