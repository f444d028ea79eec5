using Dashboard.Analysis;

namespace Dashboard.Server;

/// <summary>The measures of one set of predictions that curves over steps are drawn of.</summary>
internal sealed record StepMeasures(string Task, double?[] Values)
{
    public const string Classification = "classification";
    public const string Regression = "regression";

    private static readonly string[] OfClassifier =
    [
        "accuracy", "balanced_accuracy", "precision_macro", "recall_macro", "f1_macro", "f1_micro", "f1_weighted", "auc_macro", "average_precision_macro", "log_loss", "brier", "ece", "matthews",
    ];

    private static readonly string[] OfRegression = ["r2", "mae", "rmse", "median_absolute", "bias"];

    /// <summary>Names of the values of a task.</summary>
    public static IReadOnlyList<string> Names(string task) => task == Regression ? OfRegression : OfClassifier;

    /// <summary>Measures predictions.</summary>
    public static StepMeasures Of(Predictions predictions, CancellationToken cancellation) =>
        predictions.Targets is null ? Classify(PredictionReads.Samples(predictions), cancellation) : Regress(predictions);

    private static StepMeasures Classify(ScoredSamples samples, CancellationToken cancellation)
    {
        var counts = ConfusionCounts.Of(samples);
        var f1 = ClassificationMetrics.F1(counts);
        var rankings = ClassRankings.Of(samples, withMicro: false, cancellation: cancellation);
        return new StepMeasures(Classification,
        [
            .. new[]
            {
                ClassificationMetrics.Accuracy(counts), ClassificationMetrics.BalancedAccuracy(counts), ClassificationMetrics.Precision(counts).Macro, ClassificationMetrics.Recall(counts).Macro,
                f1.Macro, f1.Micro, f1.Weighted, rankings.Auc.Macro, rankings.AveragePrecision.Macro, ProbabilityScores.LogLoss(samples), ProbabilityScores.Brier(samples),
                Calibration.Of(samples)?.Expected ?? double.NaN, ClassificationMetrics.Matthews(counts),
            }.Select(EvaluationNumbers.Defined),
        ]);
    }

    private static StepMeasures Regress(Predictions predictions)
    {
        var mean = RegressionViews.Mean([.. Enumerable.Range(0, predictions.Targets!.Columns).Select(at => RegressionViews.Measure(predictions, at))]);
        return new StepMeasures(Regression, [mean.R2, mean.Mae, mean.Rmse, mean.MedianAbsolute, mean.Bias]);
    }
}
