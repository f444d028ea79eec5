using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>Series and their points.</summary>
internal static class SeriesEndpoints
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddSeries(this IServiceCollection services) => services.AddSingleton<ScalarReads>().AddSingleton<JoinReads>();

    /// <summary>Maps <c>/runs/{run_id}/series</c>, <c>/runs/{run_id}/scalars</c>, <c>/scalars/query</c> and <c>/scalars/join</c>.</summary>
    public static void MapSeries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{run_id}/series", ListAsync)
            .Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfHandler).WithName("listSeries").WithTags("Series").WithSummary("All series of a run, by tag.");
        api.MapGet("/runs/{run_id}/scalars", ReadAsync)
            .Produces<ScalarsView>(200, MediaTypes.Json, MediaTypes.Csv, MediaTypes.Columns)
            .Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readScalars").WithTags("Series").WithSummary("Points of one scalar series, in the order logged.")
            .WithDescription("points=0 gives every stored point; otherwise at most so many buckets with a stored point and the exact finite extremes of each. "
                + "The header Lossboard-Seq is the commit to subscribe after. Accept chooses JSON, CSV or packed columns.");
        api.MapPost("/scalars/query", QueryAsync)
            .Accepts<ScalarsQuery>(MediaTypes.Json).Produces<ScalarsQueryAnswer>(200, MediaTypes.Json, MediaTypes.Columns)
            .Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("queryScalars").WithTags("Series").WithSummary("Points of many scalar series at once.")
            .WithDescription("Pairs of run and tag that do not exist are left out. Accept chooses JSON or packed columns.");
        api.MapPost("/scalars/join", JoinAsync)
            .Accepts<JoinQuery>(MediaTypes.Json).Produces<JoinAnswer>(200, MediaTypes.Json)
            .Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("joinScalars").WithTags("Series").WithSummary("One scalar series against another, by equal steps, with a fitted line.")
            .WithDescription("A step makes a pair where both series have it: of the last value that either logged for it, so that after a restart the later segment counts. "
                + "Pairs come in the order in which x was logged, thinned evenly to points; the line is fitted to all finite pairs. Runs without both tags are left out.");
    }

    private static async Task<Ok<Page<SeriesView>>> ListAsync(
        [FromRoute(Name = "run_id")] string runId, HttpContext context, Caller caller, RunAccess access, ISeriesStore series, SeqSource seqs, CancellationToken cancellation)
    {
        SeqHeader.Set(context.Response, seqs.LastSeq);
        var all = await series.ListAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
        var tags = (await access.OfAsync(caller, [runId], cancellation)).TagsOf(runId);
        return TypedResults.Ok(new Page<SeriesView>(
            all.Where(one => tags?.Contains(one.Tag) != false).Select(one => new SeriesView(one.Tag, RecordKinds.Name(one.Kind), one.Count, one.FirstStep, one.LastStep, one.Min, one.Max, one.Last)).ToList(), null));
    }

    private static async Task ReadAsync(
        [FromRoute(Name = "run_id")] string runId,
        string tag,
        int? points,
        [FromQuery(Name = "from_step")] long? fromStep,
        [FromQuery(Name = "to_step")] long? toStep,
        HttpContext context,
        ScalarReads reads,
        SeqSource seqs,
        CancellationToken cancellation)
    {
        var response = context.Response;
        // Before the read: what is committed meanwhile may be in the answer, and what was committed before is.
        var seq = seqs.LastSeq;
        var series = await reads.ReadAsync(runId, tag, points, fromStep, toStep, cancellation);
        SeqHeader.Set(response, seq);
        response.Headers.Vary = "Accept";
        switch (ScalarFormats.Of(context.Request))
        {
            case ScalarFormat.Csv:
                response.ContentType = MediaTypes.Csv + "; charset=utf-8; header=present";
                await ScalarCsv.WriteAsync(response.BodyWriter, series, cancellation);
                break;
            case ScalarFormat.Columns:
                response.ContentType = MediaTypes.Columns;
                await ScalarColumns.WriteAsync(response, [series], seq, cancellation);
                break;
            default:
                response.ContentType = MediaTypes.Json + "; charset=utf-8";
                using (var json = new ScalarJson(response.BodyWriter, cancellation))
                    await json.WriteAsync(series, seq);
                break;
        }
    }

    private static async Task QueryAsync(HttpContext context, Caller caller, RunAccess access, ScalarReads reads, SeqSource seqs, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.ScalarsQuery);
        var response = context.Response;
        var seq = seqs.LastSeq;
        var pairs = await reads.ResolveAsync(query, await access.OfAsync(caller, query.RunIds, cancellation), cancellation);
        response.Headers.Vary = "Accept";
        if (ScalarFormats.Of(context.Request) == ScalarFormat.Columns)
        {
            var all = new List<ScalarSeries>();
            await foreach (var series in reads.ReadAsync(query, pairs, cancellation))
                all.Add(series);
            SeqHeader.Set(response, seq);
            response.ContentType = MediaTypes.Columns;
            await ScalarColumns.WriteAsync(response, all, seq, cancellation);
            return;
        }
        SeqHeader.Set(response, seq);
        response.ContentType = MediaTypes.Json + "; charset=utf-8";
        using var json = new ScalarJson(response.BodyWriter, cancellation);
        await json.WriteAsync(reads.ReadAsync(query, pairs, cancellation), seq);
    }

    private static async Task JoinAsync(HttpContext context, Caller caller, RunAccess access, JoinReads reads, SeqSource seqs, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.JoinQuery);
        var response = context.Response;
        var seq = seqs.LastSeq;
        var plan = await reads.PlanAsync(query, await access.OfAsync(caller, query.RunIds, cancellation), cancellation);
        SeqHeader.Set(response, seq);
        response.ContentType = MediaTypes.Json + "; charset=utf-8";
        using var json = new JoinJson(response.BodyWriter, cancellation);
        await json.WriteAsync(reads.ReadAsync(plan, cancellation), seq);
    }
}
