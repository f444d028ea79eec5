using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>The samples behind a cell of a confusion matrix.</summary>
internal static class ConfusionSamples
{
    // Beyond this many a row of scores is no longer read, and a page of samples would weigh megabytes.
    private const int MostScores = 100;

    /// <summary>Those of a true and a predicted class, either of which may be left open; the worst first.</summary>
    public static PredictedSamplesView Find(
        string runId, StoredRecord record, Predictions predictions, ScoredSamples samples, int? label, int? predicted, int limit)
    {
        var rows = new List<int>();
        for (var row = 0; row < samples.Rows; row++)
        {
            if (samples.Labels[row] >= 0 && (label ?? samples.Labels[row]) == samples.Labels[row] && (predicted ?? samples.Predicted[row]) == samples.Predicted[row])
                rows.Add(row);
        }
        var items = rows.OrderByDescending(Badness).ThenBy(row => row).Take(limit).Select(Sample);
        return new PredictedSamplesView(runId, record.Tag, record.Step, rows.Count, [.. items], predictions.Classes, predictions.Sprite);

        // A loss that is NaN says more than any number.
        double Badness(int row) => predictions.Losses is { } losses
            ? double.IsNaN(losses[row]) ? double.PositiveInfinity : losses[row]
            : samples.Score(row, samples.Predicted[row]);

        PredictedSample Sample(int row) => new(
            row, predictions.Ids?[row], samples.Labels[row], samples.Predicted[row], Told(row, samples.Predicted[row]), Told(row, samples.Labels[row]), predictions.Losses?[row],
            samples.Columns <= MostScores ? samples.Scores.AsSpan(row * samples.Columns, samples.Columns).ToArray() : null);

        // With one column class 0 has the rest of a probability, or the negative logit.
        double Told(int row, int @class) => samples.Score(row, @class) + (samples.Columns == 1 && @class == 0 && samples.AreProbabilities ? 1 : 0);
    }
}
