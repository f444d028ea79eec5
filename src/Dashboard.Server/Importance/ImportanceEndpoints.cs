using Dashboard.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Server;

/// <summary>Which settings matter.</summary>
internal static class ImportanceEndpoints
{
    /// <summary>Adds what the endpoint needs.</summary>
    public static IServiceCollection AddImportance(this IServiceCollection services) => services.AddSingleton<ImportanceStudy>();

    /// <summary>Maps <c>/hyperparameters/importance</c>.</summary>
    public static void MapImportance(this IEndpointRouteBuilder api) =>
        api.MapPost("/hyperparameters/importance", StudyAsync)
            .Accepts<ImportanceQuery>(MediaTypes.Json)
            .Needs(AccessRight.Read, AccessSubject.Handler).WithName("studyImportance").WithTags("Runs").WithSummary("Which settings a metric hangs on, over the runs that a query finds.")
            .WithDescription("Permutation importance of a regression forest, judged on the runs that each tree has not seen, and rank correlation. One seed gives one answer. "
                + "r2 is the forest's own share explained on unseen runs: where it is low, the importances say little. Fewer than 10 runs, a constant metric or no varying setting: why_none.");

    private static async Task<Ok<ImportanceAnswer>> StudyAsync(HttpContext context, Caller caller, ImportanceStudy study, SeqSource seqs, CancellationToken cancellation)
    {
        var body = await JsonBody.ReadAsync(context, ContractsJson.Default.ImportanceQuery);
        var seq = seqs.LastSeq;
        SeqHeader.Set(context.Response, seq);
        return TypedResults.Ok(await study.RunAsync(caller, body, seq, cancellation));
    }
}
