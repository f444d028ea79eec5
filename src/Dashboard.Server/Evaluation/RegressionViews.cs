using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;
using static Dashboard.Server.EvaluationNumbers;

namespace Dashboard.Server;

/// <summary>Evaluates one set of predicted numbers.</summary>
internal static class RegressionViews
{
    /// <summary>Samples drawn where the request does not say.</summary>
    public const int DefaultPoints = 2000;

    // Outliers are what one looks for: as many of the largest errors are among the drawn samples, whatever else is chosen.
    private const int WorstAlways = 50;

    /// <summary>The whole evaluation.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="record">Where the predictions come from.</param>
    /// <param name="predictions">What was logged, with targets.</param>
    /// <param name="output">The output to draw.</param>
    /// <param name="points">Samples to draw at the most; 0 for all.</param>
    public static RegressionView Build(string runId, StoredRecord record, Predictions predictions, int output, int points)
    {
        var targets = predictions.Targets!;
        var outputs = new RegressionMetrics[targets.Columns];
        for (var at = 0; at < outputs.Length; at++)
            outputs[at] = Measure(predictions, at);
        var (truth, said) = (Column(targets, output), Column(predictions.Scores, output));
        var rows = Enumerable.Range(0, targets.Rows).Where(row => double.IsFinite(truth[row]) && double.IsFinite(said[row])).ToArray();
        var residuals = Histogram.Of([.. rows.Select(row => said[row] - truth[row])]);
        var drawn = Choose(rows, truth, said, points);
        return new RegressionView
        {
            RunId = runId,
            Tag = record.Tag,
            Step = record.Step,
            WallTime = record.WallTime,
            Samples = targets.Rows,
            Mean = Mean(outputs),
            Outputs = [.. outputs.Select((one, at) => new RegressionOutputView(at, one.Samples, one.NonFinite, View(one)))],
            Output = output,
            Points = new RegressionPoints(
                rows.Length, drawn, [.. drawn.Select(row => truth[row])], [.. drawn.Select(row => said[row])], predictions.Ids is { } ids ? [.. drawn.Select(row => ids[row])] : null),
            Residuals = new ResidualsView(residuals.Edges, residuals.Counts),
            Sprite = predictions.Sprite,
            Reasons = Explain(outputs, targets, output),
        };
    }

    /// <summary>Measures of one output.</summary>
    public static RegressionMetrics Measure(Predictions predictions, int output) =>
        RegressionMetrics.Of(Column(predictions.Targets!, output), Column(predictions.Scores, output));

    /// <summary>Means over outputs; null where it is undefined for one of them.</summary>
    public static RegressionMeasures Mean(IReadOnlyList<RegressionMetrics> outputs)
    {
        return outputs.Count == 0 ? new RegressionMeasures(null, null, null, null, null, null, null, null) : View(new RegressionMetrics(
            0, 0, Over(one => one.RSquared), Over(one => one.ExplainedVariance), Over(one => one.MeanAbsolute), Over(one => one.RootMeanSquare), Over(one => one.MedianAbsolute),
            Over(one => one.MeanPercentage), outputs.Max(one => one.LargestAbsolute), Over(one => one.Bias)));

        double Over(Func<RegressionMetrics, double> measure) => outputs.Average(measure);
    }

    private static double[] Column(Matrix matrix, int column)
    {
        var values = new double[matrix.Rows];
        for (var row = 0; row < values.Length; row++)
            values[row] = matrix.Values[(row * matrix.Columns) + column];
        return values;
    }

    private static int[] Choose(int[] rows, double[] truth, double[] said, int points)
    {
        if (points == 0 || rows.Length <= points)
            return rows;
        var chosen = rows.OrderByDescending(row => Math.Abs(said[row] - truth[row])).ThenBy(row => row).Take(Math.Min(WorstAlways, points / 2)).ToHashSet();
        var sorted = rows.Where(row => !chosen.Contains(row)).OrderBy(row => truth[row]).ThenBy(row => row).ToArray();
        var left = points - chosen.Count;
        for (var at = 0; at < left; at++)
            chosen.Add(sorted[(int)((long)at * (sorted.Length - 1) / Math.Max(left - 1, 1))]);
        return [.. chosen.Order()];
    }

    private static List<EvaluationReason> Explain(RegressionMetrics[] outputs, Matrix targets, int output)
    {
        List<EvaluationReason> reasons = [];
        var here = outputs[output];
        if (here.NonFinite > 0)
            reasons.Add(new("samples", "non_finite", $"{here.NonFinite} of {targets.Rows} samples have a target or a prediction that is NaN or infinite; they are left out."));
        if (here.Samples == 0)
            reasons.Add(new("samples", "no_samples", "No sample has both a finite target and a finite prediction."));
        else if (double.IsNaN(here.RSquared))
            reasons.Add(new("r2", "constant_target", "All targets are equal: there is no variance to explain."));
        if (here.Samples > 0 && double.IsNaN(here.MeanPercentage))
            reasons.Add(new("mape", "zero_target", "A target is 0: an error has no share of it."));
        return reasons;
    }
}
