using Dashboard.Analysis;
using Dashboard.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>What predictions are worth.</summary>
internal static class EvaluationEndpoints
{
    private const int DefaultSamples = 100;

    private const string Words = "Scores are what was logged: the prediction is the class of the highest, the first of equal ones; one column is the score of class 1 of two (a probability where all lie within 0 to 1, "
        + "decided at 0.5, else a logit, decided at 0). Averages as scikit-learn with zero_division=0; what is undefined is null, with its reason in reasons. Curves are one class against the rest, with ties as scikit-learn; "
        + "points (500 where absent, 0 for all) thins what is drawn, areas are always of the whole curve. class=N gives the curves of that class alone. Samples with NaN among their scores are counted in excluded and left out.";

    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddEvaluation(this IServiceCollection services) =>
        services.AddSingleton<PredictionReads>().AddSingleton<EvaluationCache>().AddSingleton<EvaluationTurn>().AddSingleton<EvaluationSeries>();

    /// <summary>Maps the endpoints under <c>/runs/{run_id}</c> and <c>/predictions/query</c>.</summary>
    public static void MapEvaluation(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{run_id}").WithTags("Predictions");
        run.MapGet("/classification", ClassificationAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readClassification")
            .WithSummary("What a classifier's predictions are worth: of the step given, else the last.").WithDescription(Words);
        run.MapGet("/classification/point", PointAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readOperatingPoint").WithSummary("What comes of any threshold for a class.")
            .WithDescription("Counts over all samples: whatever scores at least the threshold is taken for the class. With one column class 0 has 1 − p, or the negative logit.");
        run.MapGet("/classification/samples", SamplesAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readConfusionSamples").WithSummary("The samples of a true and a predicted class.")
            .WithDescription("label and predicted may be left out. Those of the largest loss come first, or of the highest score where no losses were logged. limit: 1 to 1000, 100 where absent.");
        run.MapGet("/regression", RegressionAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfQuery).WithName("readRegression").WithSummary("What a regression's predictions are worth: of the step given, else the last.")
            .WithDescription("Measures of each output and their means; points and residuals are of output (0 where absent). points (2000 where absent, 0 for all) thins the samples that are drawn, never the measures.");
        api.MapPost("/predictions/query", QueryAsync).Accepts<RecordsQuery>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("queryPredictions").WithTags("Predictions")
            .WithSummary("Measures of the predictions of many runs and tags over steps.")
            .WithDescription("Pairs of run and tag that do not exist are left out. points (1 to 1000, 50 where absent) gives so many stored steps of each, evenly chosen, the first and the last always. Each set is measured once and remembered.");
    }

    private static async Task<Ok<ClassificationView>> ClassificationAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, int? points, [FromQuery(Name = "class")] int? only, PredictionReads reads, EvaluationTurn turn, CancellationToken cancellation)
    {
        if (points is < 0 or 1)
            throw ApiProblems.BadParameter("/query/points", "'points' must be 2 or more, or 0 for all.");
        var (record, predictions, samples) = await reads.ClassifierAsync(runId, tag, step, cancellation);
        if (only is { } one)
            CheckClass(one, samples, "class");
        return TypedResults.Ok(await turn.RunAsync(
            () => ClassificationViews.Build(runId, record, predictions, samples, points ?? ClassificationViews.DefaultPoints, only, cancellation), cancellation));
    }

    private static async Task<Ok<OperatingPointView>> PointAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, [FromQuery(Name = "class")] int @class, double threshold, PredictionReads reads, CancellationToken cancellation)
    {
        if (double.IsNaN(threshold))
            throw ApiProblems.BadParameter("/query/threshold", "'threshold' must be a number.");
        var (record, _, samples) = await reads.ClassifierAsync(runId, tag, step, cancellation);
        CheckClass(@class, samples, "class");
        return TypedResults.Ok(EvaluationNumbers.View(OperatingPoint.At(samples, @class, threshold), record.Step, @class));
    }

    private static async Task<Ok<PredictedSamplesView>> SamplesAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, int? label, int? predicted, int? limit, PredictionReads reads, ApiLimits limits, CancellationToken cancellation)
    {
        if (limit is < 1 || limit > limits.MaxPageSize)
            throw ApiProblems.BadParameter("/query/limit", $"'limit' must be from 1 to {limits.MaxPageSize}.");
        var (record, predictions, samples) = await reads.ClassifierAsync(runId, tag, step, cancellation);
        if (label is { } truth)
            CheckClass(truth, samples, "label");
        if (predicted is { } said)
            CheckClass(said, samples, "predicted");
        return TypedResults.Ok(ConfusionSamples.Find(runId, record, predictions, samples, label, predicted, limit ?? DefaultSamples));
    }

    private static async Task<Ok<RegressionView>> RegressionAsync(
        [FromRoute(Name = "run_id")] string runId, string tag, long? step, int? output, int? points, PredictionReads reads, EvaluationTurn turn, CancellationToken cancellation)
    {
        if (points is < 0)
            throw ApiProblems.BadParameter("/query/points", "'points' must be 1 or more, or 0 for all.");
        var (record, predictions) = await reads.RegressionAsync(runId, tag, step, cancellation);
        var outputs = predictions.Scores.Columns;
        if (outputs == 0)
            throw ApiProblems.OtherTask("no_samples", "These predictions hold no samples.");
        if (output is < 0 || output >= outputs)
            throw ApiProblems.BadParameter("/query/output", $"'output' must be from 0 to {outputs - 1}.");
        return TypedResults.Ok(await turn.RunAsync(() => RegressionViews.Build(runId, record, predictions, output ?? 0, points ?? RegressionViews.DefaultPoints), cancellation));
    }

    private static async Task<Ok<EvaluationAnswer>> QueryAsync(HttpContext context, Caller caller, RunAccess access, EvaluationSeries series, SeqSource seqs, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.RecordsQuery);
        // Before the read: what is committed meanwhile may be in the answer, and what was committed before is.
        var seq = seqs.LastSeq;
        return TypedResults.Ok(new EvaluationAnswer(seq, await series.ReadAsync(query, await access.OfAsync(caller, query.RunIds, cancellation), cancellation)));
    }

    private static void CheckClass(int given, ScoredSamples samples, string name)
    {
        if (given < 0 || given >= samples.Classes)
            throw ApiProblems.BadParameter($"/query/{name}", $"'{name}' must be from 0 to {samples.Classes - 1}: there are scores for {samples.Classes} classes.");
    }
}
