using Dashboard.Analysis;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads predictions as the measures take them.</summary>
internal sealed class PredictionReads(RecordReads records)
{
    /// <summary>Predictions of a classifier: of the step given, else the last.</summary>
    /// <exception cref="ApiProblemException">404 for no such run, tag or step, 422 for a regression's.</exception>
    public async Task<(StoredRecord Record, Predictions Predictions, ScoredSamples Samples)> ClassifierAsync(string runId, string tag, long? step, CancellationToken cancellation)
    {
        var (record, predictions) = await ReadAsync(runId, tag, step, cancellation);
        return predictions.Labels is null
            ? throw ApiProblems.OtherTask("not_classification", "These predictions have targets and no labels: they are a regression's. Read …/regression instead.")
            : (record, predictions, Samples(predictions));
    }

    /// <summary>Predictions of a regression: of the step given, else the last.</summary>
    /// <exception cref="ApiProblemException">404 for no such run, tag or step, 422 for a classifier's.</exception>
    public async Task<(StoredRecord Record, Predictions Predictions)> RegressionAsync(string runId, string tag, long? step, CancellationToken cancellation)
    {
        var (record, predictions) = await ReadAsync(runId, tag, step, cancellation);
        return predictions.Targets is null
            ? throw ApiProblems.OtherTask("not_regression", "These predictions have labels and no targets: they are a classifier's. Read …/classification instead.")
            : (record, predictions);
    }

    public static ScoredSamples Samples(Predictions predictions) => new(predictions.Labels, predictions.Scores.Values, Math.Max(predictions.Scores.Columns, 1));

    private async Task<(StoredRecord Record, Predictions Predictions)> ReadAsync(string runId, string tag, long? step, CancellationToken cancellation)
    {
        var (record, payload) = await records.FindAsync(runId, RecordKind.Predictions, tag, step, cancellation);
        return (record, PredictionsCodec.Decode(payload));
    }
}
