using Dashboard.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Server;

/// <summary>Runs as tables.</summary>
internal static class TableEndpoints
{
    /// <summary>Maps <c>/runs/table</c> and <c>/runs/fields</c>.</summary>
    public static void MapTables(this IEndpointRouteBuilder api)
    {
        api.MapPost("/runs/table", ReadTableAsync)
            .Accepts<RunTableQuery>(MediaTypes.Json).Produces<RunTable>()
            .Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("queryRunTable").WithTags("Runs").WithSummary("Runs of a project that a query finds, sorted, with values of each.")
            .WithDescription("The query language: config.lr < 0.01 and summary(\"val/loss\").min < 0.3 and name ~ \"cnn\". A fault in it is answered 422 invalid_query with its position and length. "
                + "Runs without the value of a sort key come last. seq, and the header Lossboard-Seq, is the commit to subscribe after.");
        api.MapGet("/runs/fields", ReadFieldsAsync)
            .Needs(AccessRight.Read, AccessSubject.Project).Shared(SharedTags.OfHandler).WithName("listRunFields").WithTags("Runs").WithSummary("What the runs of a project can be searched, sorted and compared by.")
            .WithDescription("Values of configurations and scalar tags, those of most runs first; find keeps those whose name holds a text, case ignored. Runs in the trash do not count.");
    }

    private static async Task ReadTableAsync(HttpContext context, Caller caller, RunSearch search, SeqSource seqs, ApiLimits limits, CancellationToken cancellation)
    {
        var request = RunTableRequest.Of(await JsonBody.ReadAsync(context, ContractsJson.Default.RunTableQuery), limits);
        // Before the read: what is committed meanwhile may be in the answer, and what was committed before is.
        var seq = seqs.LastSeq;
        RunSelection selection;
        try
        {
            selection = await search.SelectAsync(request.Project, ProjectScope.Of(caller, request.Project), request.State, request.Query, request.Sort, request.Columns.Select(column => column.Path), cancellation);
        }
        catch (QueryException wrong)
        {
            throw RunQueries.Problem(wrong, "/query");
        }
        SeqHeader.Set(context.Response, seq);
        context.Response.ContentType = MediaTypes.Json + "; charset=utf-8";
        using var json = new RunTableJson(context.Response.BodyWriter, cancellation);
        await json.WriteAsync(request, selection, seq);
    }

    private static async Task<Ok<RunFields>> ReadFieldsAsync(
        string project, string? find, int? limit, Caller caller, HttpResponse response, RunFieldReads reads, SeqSource seqs, ApiLimits limits, CancellationToken cancellation)
    {
        var count = limit ?? limits.DefaultPageSize;
        if (count < 1 || count > limits.MaxPageSize)
            throw ApiProblems.BadParameter("/query/limit", $"The parameter 'limit' must be from 1 to {limits.MaxPageSize}.");
        SeqHeader.Set(response, seqs.LastSeq);
        return TypedResults.Ok(await reads.ReadAsync(project, ProjectScope.Of(caller, project), find, count, cancellation));
    }
}
