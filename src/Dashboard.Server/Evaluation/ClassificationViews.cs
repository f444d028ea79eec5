using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;
using static Dashboard.Server.EvaluationNumbers;

namespace Dashboard.Server;

/// <summary>Evaluates one set of predictions of a classifier.</summary>
internal static class ClassificationViews
{
    /// <summary>Points of a curve where the request does not say: more than a plot is wide.</summary>
    public const int DefaultPoints = 500;

    // A table and a matrix that a person can look through.
    private const int MostClasses = 1000;
    private const int MostMatrixClasses = 100;
    private const int MostCurves = 20;
    private const int MostMistakes = 200;
    private static readonly int[] Tops = [2, 3, 5, 10];

    /// <summary>The whole evaluation.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="record">Where the predictions come from.</param>
    /// <param name="predictions">What was logged.</param>
    /// <param name="samples">The same as samples.</param>
    /// <param name="points">Points of a curve at the most; 0 for all.</param>
    /// <param name="only">The one class whose curves are wanted, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ClassificationView Build(
        string runId, StoredRecord record, Predictions predictions, ScoredSamples samples, int points, int? only, CancellationToken cancellation)
    {
        var counts = ConfusionCounts.Of(samples);
        var classes = Listed(counts, MostClasses);
        var drawn = only is { } one ? [one] : Listed(counts, MostCurves).ToHashSet();
        var reasons = new ClassificationReasons();
        reasons.Explain(samples, counts, classes);
        List<RocView> roc = [];
        List<PrecisionRecallView> pr = [];
        var rankings = ClassRankings.Of(samples, only is null, (@class, ranking) =>
        {
            if (!drawn.Contains(@class))
                return;
            if (Roc(ranking, points) is { } curve)
                roc.Add(curve with { Class = @class });
            if (Pr(ranking, points) is { } other)
                pr.Add(other with { Class = @class });
        }, cancellation);
        ExplainCuts(reasons, samples, rankings, only is null);
        return new ClassificationView
        {
            RunId = runId,
            Tag = record.Tag,
            Step = record.Step,
            WallTime = record.WallTime,
            Samples = samples.Used,
            Excluded = new ExcludedView(samples.NanRows, samples.OutsideRows),
            ClassCount = samples.Classes,
            Classes = classes,
            ClassNames = predictions.Classes is { } names ? [.. classes.Select(at => names[at])] : null,
            Probabilities = samples.AreProbabilities,
            Threshold = samples.Columns == 1 ? samples.Threshold : null,
            Accuracy = Defined(ClassificationMetrics.Accuracy(counts)),
            BalancedAccuracy = Defined(ClassificationMetrics.BalancedAccuracy(counts)),
            Matthews = Defined(ClassificationMetrics.Matthews(counts)),
            TopK = [.. Tops.Where(k => k < samples.Classes).Select(k => new TopAccuracy(k, Defined(ClassificationMetrics.TopK(samples, k))))],
            Precision = View(ClassificationMetrics.Precision(counts), classes),
            Recall = View(ClassificationMetrics.Recall(counts), classes),
            F1 = View(ClassificationMetrics.F1(counts), classes),
            Support = [.. classes.Select(at => counts.Support[at])],
            Predicted = [.. classes.Select(at => counts.PredictedCounts[at])],
            Auc = View(rankings.Auc, classes),
            AveragePrecision = View(rankings.AveragePrecision, classes),
            LogLoss = Defined(ProbabilityScores.LogLoss(samples)),
            Brier = Defined(ProbabilityScores.Brier(samples)),
            Confusion = samples.Classes <= MostMatrixClasses ? counts.ToMatrix() : null,
            Mistakes = [.. counts.Mistakes(MostMistakes).Select(cell => new ConfusionCellView(cell.Label, cell.Predicted, cell.Count))],
            Roc = roc,
            Pr = pr,
            RocMicro = rankings.Micro is { } micro ? Roc(micro, points) : null,
            RocMacro = only is null && rankings.MacroRoc is { } mean
                ? new RocView { Fpr = mean.X, Tpr = mean.Y, Positives = samples.Used, Negatives = samples.Used, Total = mean.X.Length }
                : null,
            PrMicro = rankings.Micro is { } all ? Pr(all, points) : null,
            Calibration = View(Calibration.Of(samples)),
            Sprite = predictions.Sprite,
            Reasons = reasons.All,
        };
    }

    // By number where there are no more than that; else the most frequent first.
    private static List<int> Listed(ConfusionCounts counts, int most) =>
        counts.Classes <= most
            ? [.. Enumerable.Range(0, counts.Classes)]
            : [.. Enumerable.Range(0, counts.Classes).OrderByDescending(at => counts.Support[at]).ThenByDescending(at => counts.PredictedCounts[at]).ThenBy(at => at).Take(most)];

    private static void ExplainCuts(ClassificationReasons reasons, ScoredSamples samples, ClassRankings rankings, bool all)
    {
        if (samples.Classes > MostClasses)
            reasons.Add("classes", "many_classes", $"There are {samples.Classes} classes; lists are of the {MostClasses} most frequent, those first. Averages are over all of them.");
        if (samples.Classes > MostMatrixClasses)
            reasons.Add("confusion", "many_classes", $"A matrix of {samples.Classes} classes is not sent: the most frequent mistakes are listed instead.");
        if (samples.Classes > MostCurves && all)
            reasons.Add("roc", "many_classes", $"Curves are of the {MostCurves} most frequent classes; class=… gives those of any other.");
        if (all && rankings.Micro is null && samples.Used > 0)
            reasons.Add("auc.micro", "many_scores", $"{(long)samples.Used * samples.Classes} decisions are too many to be ranked together; {ClassRankings.MostMicroScores} are the most.");
    }

    private static RocView? Roc(Ranking ranking, int points)
    {
        if (ranking.Roc() is not { } whole)
            return null;
        var curve = whole.Thin(points);
        return new RocView { Fpr = curve.X, Tpr = curve.Y, Thresholds = curve.Thresholds, Positives = ranking.Positives, Negatives = ranking.Negatives, Total = whole.X.Length };
    }

    private static PrecisionRecallView? Pr(Ranking ranking, int points)
    {
        if (ranking.PrecisionRecall() is not { } whole)
            return null;
        var curve = whole.Thin(points);
        return new PrecisionRecallView { Recall = curve.X, Precision = curve.Y, Thresholds = curve.Thresholds, Positives = ranking.Positives, Negatives = ranking.Negatives, Total = whole.X.Length };
    }
}
