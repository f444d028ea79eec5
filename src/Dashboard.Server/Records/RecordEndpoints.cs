using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>What a run logged that is no scalar.</summary>
internal static class RecordEndpoints
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services) => services.AddSingleton<RecordReads>();

    /// <summary>Maps the endpoints under <c>/runs/{run_id}</c>.</summary>
    public static void MapRecords(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{run_id}").WithTags("Records");
        run.MapGet("/histograms", HistogramsAsync).WithName("readHistograms").WithSummary("Histograms of one tag, in the order logged.");
        run.MapGet("/texts", TextsAsync).WithName("readTexts").WithSummary("Texts of one tag, in the order logged.");
        run.MapGet("/embeddings", EmbeddingAsync).WithName("readEmbedding").WithSummary("One embedding: of the step given, else the last.");
        run.MapGet("/predictions", PredictionsAsync).WithName("readPredictions").WithSummary("One set of predictions: of the step given, else the last.");
        run.MapGet("/labels", LabelsAsync).WithName("readLabels").WithSummary("Label counts by split and class, as logged last.");
        run.MapGet("/phases", PhasesAsync).WithName("readPhases").WithSummary("Phases in the order they started.");
    }

    private static async Task<Ok<HistogramsView>> HistogramsAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, RecordReads reads, CancellationToken cancellation)
    {
        var records = await reads.ListAsync(runId, RecordKind.Histogram, tag, cancellation);
        var whole = records.Where(record => record.Payload is not null).Select(record => (Record: record, Histogram: HistogramCodec.Decode(record.Payload!))).ToList();
        return TypedResults.Ok(new HistogramsView
        {
            Steps = whole.ConvertAll(entry => entry.Record.Step),
            WallTimes = whole.ConvertAll(entry => entry.Record.WallTime),
            Edges = whole.ConvertAll(entry => entry.Histogram.Edges),
            Counts = whole.ConvertAll(entry => entry.Histogram.Counts),
            NonFinite = whole.Exists(entry => entry.Histogram.NonFinite > 0) ? whole.ConvertAll(entry => entry.Histogram.NonFinite) : null,
            DamagedSteps = RecordReads.DamagedSteps(records),
        });
    }

    private static async Task<Ok<TextsView>> TextsAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, RecordReads reads, CancellationToken cancellation)
    {
        var records = await reads.ListAsync(runId, RecordKind.Text, tag, cancellation);
        var whole = records.Where(record => record.Payload is not null).ToList();
        return TypedResults.Ok(new TextsView
        {
            Steps = whole.ConvertAll(record => record.Step),
            WallTimes = whole.ConvertAll(record => record.WallTime),
            Texts = whole.ConvertAll(record => TextCodec.Decode(record.Payload!)),
            DamagedSteps = RecordReads.DamagedSteps(records),
        });
    }

    private static async Task<Ok<EmbeddingView>> EmbeddingAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, RecordReads reads, CancellationToken cancellation)
    {
        var (record, payload) = await reads.FindAsync(runId, RecordKind.Embedding, tag, step, cancellation);
        var (vectors, metadata) = EmbeddingCodec.Decode(payload);
        return TypedResults.Ok(new EmbeddingView(runId, record.Tag, record.Step, record.WallTime, vectors.ToRows(), metadata));
    }

    private static async Task<Ok<PredictionsView>> PredictionsAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, RecordReads reads, CancellationToken cancellation)
    {
        var (record, payload) = await reads.FindAsync(runId, RecordKind.Predictions, tag, step, cancellation);
        var predictions = PredictionsCodec.Decode(payload);
        return TypedResults.Ok(new PredictionsView(
            runId, record.Tag, record.Step, record.WallTime, predictions.Labels, predictions.Scores.ToRows(), predictions.Losses, predictions.Ids));
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
        return TypedResults.Ok(new LabelsView(splits));
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
