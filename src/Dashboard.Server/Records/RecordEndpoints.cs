using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>What a run logged that is no scalar.</summary>
internal static class RecordEndpoints
{
    private const string Choice = "points=N gives at most N stored steps, evenly chosen in the order logged, the first and the last always (1 gives the last); absent or 0 gives all. "
        + "from_step and to_step bound the steps. total is how many the window holds.";
    private const string QueryWords = "Pairs of run and tag that do not exist are left out. points (1 to 1000, 50 where absent) gives so many stored steps of each, evenly chosen in the order logged, "
        + "the first and the last always. total is how many the window holds.";

    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services) => services.AddSingleton<RecordReads>();

    /// <summary>Maps the endpoints under <c>/runs/{run_id}</c>.</summary>
    public static void MapRecords(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{run_id}").WithTags("Records");
        run.MapGet("/histograms", HistogramsAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readHistograms").WithSummary("Histograms of one tag, in the order logged.").WithDescription(Choice);
        run.MapGet("/texts", TextsAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readTexts").WithSummary("Texts of one tag, in the order logged.").WithDescription(Choice);
        run.MapGet("/embeddings", EmbeddingAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readEmbedding").WithSummary("One embedding: of the step given, else the last.");
        run.MapGet("/predictions", PredictionsAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readPredictions").WithSummary("One set of predictions: of the step given, else the last.");
        run.MapGet("/labels", LabelsAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared().WithName("readLabels").WithSummary("Label counts by split and class, as logged last, with the distances between splits, weights and imbalance.")
            .WithDescription("comparisons: total variation, KL divergence (nats) of a from b, Jensen–Shannon distance (root of the divergence in bits), PSI and Pearson's χ² of homogeneity; a class on one side alone makes KL or PSI "
                + "infinite, and the smoothed ones, with half a sample more in each class, stay finite. weights: n/(C·n_c); oversample: the largest class over each. Classes without samples have neither.");
        run.MapGet("/phases", PhasesAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared().WithName("readPhases").WithSummary("Phases in the order they started.");
        api.MapPost("/histograms/query", QueryHistogramsAsync).Accepts<RecordsQuery>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("queryHistograms").WithTags("Records")
            .WithSummary("Histograms of many runs and tags at once.").WithDescription(QueryWords);
        api.MapPost("/texts/query", QueryTextsAsync).Accepts<RecordsQuery>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("queryTexts").WithTags("Records")
            .WithSummary("Texts of many runs and tags at once.").WithDescription(QueryWords);
    }

    private static async Task<Ok<HistogramsView>> HistogramsAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, int? points, [FromQuery(Name = "from_step")] long? fromStep,
        [FromQuery(Name = "to_step")] long? toStep, RecordReads reads, CancellationToken cancellation) =>
        TypedResults.Ok(RecordViews.Histograms(await reads.WindowAsync(runId, RecordKind.Histogram, tag, points, fromStep, toStep, cancellation)));

    private static async Task<Ok<HistogramsQueryAnswer>> QueryHistogramsAsync(HttpContext context, Caller caller, RunAccess access, RecordReads reads, SeqSource seqs, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.RecordsQuery);
        // Before the read: what is committed meanwhile may be in the answer, and what was committed before is.
        var seq = seqs.LastSeq;
        var read = await reads.QueryAsync(query, await access.OfAsync(caller, query.RunIds, cancellation), RecordKind.Histogram, cancellation);
        return TypedResults.Ok(new HistogramsQueryAnswer(seq, read.ConvertAll(one => RecordViews.Histograms(one.Window) with { RunId = one.RunId, Tag = one.Tag })));
    }

    private static async Task<Ok<TextsView>> TextsAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, int? points, [FromQuery(Name = "from_step")] long? fromStep,
        [FromQuery(Name = "to_step")] long? toStep, RecordReads reads, CancellationToken cancellation) =>
        TypedResults.Ok(RecordViews.Texts(await reads.WindowAsync(runId, RecordKind.Text, tag, points, fromStep, toStep, cancellation)));

    private static async Task<Ok<TextsQueryAnswer>> QueryTextsAsync(HttpContext context, Caller caller, RunAccess access, RecordReads reads, SeqSource seqs, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.RecordsQuery);
        var seq = seqs.LastSeq;
        var read = await reads.QueryAsync(query, await access.OfAsync(caller, query.RunIds, cancellation), RecordKind.Text, cancellation);
        return TypedResults.Ok(new TextsQueryAnswer(seq, read.ConvertAll(one => RecordViews.Texts(one.Window) with { RunId = one.RunId, Tag = one.Tag })));
    }

    private static async Task<Ok<EmbeddingView>> EmbeddingAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, RecordReads reads, CancellationToken cancellation)
    {
        var (record, payload) = await reads.FindAsync(runId, RecordKind.Embedding, tag, step, cancellation);
        var (vectors, metadata, sprite) = EmbeddingCodec.Decode(payload);
        return TypedResults.Ok(new EmbeddingView(runId, record.Tag, record.Step, record.WallTime, vectors.ToRows(), metadata, sprite));
    }

    private static async Task<Ok<PredictionsView>> PredictionsAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, RecordReads reads, CancellationToken cancellation)
    {
        var (record, payload) = await reads.FindAsync(runId, RecordKind.Predictions, tag, step, cancellation);
        var predictions = PredictionsCodec.Decode(payload);
        return TypedResults.Ok(new PredictionsView(
            runId, record.Tag, record.Step, record.WallTime, predictions.Labels, predictions.Scores.ToRows(), predictions.Losses, predictions.Ids,
            predictions.Targets?.ToRows(), predictions.Classes, predictions.Sprite));
    }

    private static async Task<Ok<LabelsView>> LabelsAsync(
        [FromRoute(Name = "run_id")] string runId, RecordReads reads, CancellationToken cancellation)
    {
        var splits = new Dictionary<string, IReadOnlyDictionary<string, long>>();
        foreach (var record in await reads.ListAsync(runId, RecordKind.Labels, null, cancellation))
        {
            if (record.Payload is not null)
                splits[record.Tag] = LabelsCodec.Decode(record.Payload);
        }
        return TypedResults.Ok(await Task.Run(() => LabelReport.Of(splits), cancellation));
    }

    private static async Task<Ok<PhasesView>> PhasesAsync(
        [FromRoute(Name = "run_id")] string runId, RecordReads reads, CancellationToken cancellation)
    {
        var records = await reads.ListAsync(runId, RecordKind.Phase, null, cancellation);
        var phases = records.Where(record => record.Payload is not null).Select(record =>
        {
            var (started, ended) = PhaseCodec.Decode(record.Payload!);
            return new PhaseView(record.Tag, started, ended);
        });
        return TypedResults.Ok(new PhasesView(phases.OrderBy(phase => phase.Started).ToList()));
    }
}
