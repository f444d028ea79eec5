namespace Dashboard.Analysis;

/// <summary>Areas under the ROC curves and average precisions of all classes, each against the rest, and the mean ROC curve.</summary>
/// <param name="Auc">Areas; macro and weighted over the classes that have samples and are not alone.</param>
/// <param name="AveragePrecision">Average precisions; macro and weighted over the classes that have samples.</param>
/// <param name="MacroRoc">Mean true positive rate over classes at 201 equal steps of the false positive rate; null where no class has a curve. Without thresholds.</param>
/// <param name="Micro">All decisions together; null where it was not asked for or would be beyond the limit.</param>
public sealed record ClassRankings(ClassAverages Auc, ClassAverages AveragePrecision, RankingCurve? MacroRoc, Ranking? Micro)
{
    /// <summary>Scores beyond which all decisions together are not ranked: sorting them takes seconds.</summary>
    public const long MostMicroScores = 20_000_000;

    private const int MacroSteps = 200;

    /// <summary>Ranks every class that has samples, one after the other.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="withMicro">Whether to rank all decisions together too.</param>
    /// <param name="ranked">Called with each class and its ranking, which is not kept.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ClassRankings Of(ScoredSamples samples, bool withMicro, Action<int, Ranking>? ranked = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var (auc, precision) = (Undefined(samples.Classes), Undefined(samples.Classes));
        var support = Support(samples);
        var mean = new double[MacroSteps + 1];
        var curves = 0;
        for (var @class = 0; @class < samples.Classes; @class++)
        {
            if (support[@class] == 0)
                continue;
            cancellation.ThrowIfCancellationRequested();
            var ranking = Ranking.Of(samples, @class);
            (auc[@class], precision[@class]) = (ranking.Auc, ranking.AveragePrecision);
            if (ranking.Negatives > 0)
            {
                AddTo(mean, ranking);
                curves++;
            }
            ranked?.Invoke(@class, ranking);
        }
        var micro = withMicro && samples.Used > 0 && (long)samples.Used * samples.Classes <= MostMicroScores ? Ranking.Micro(samples) : null;
        return new ClassRankings(
            Average(auc, support, micro?.Auc), Average(precision, support, micro?.AveragePrecision), curves == 0 ? null : Mean(mean, curves), micro);
    }

    private static long[] Support(ScoredSamples samples)
    {
        var support = new long[samples.Classes];
        foreach (var label in samples.Labels)
        {
            if (label >= 0)
                support[label]++;
        }
        return support;
    }

    private static ClassAverages Average(double[] perClass, long[] support, double? micro)
    {
        double sum = 0, weighted = 0, weights = 0;
        var defined = 0;
        for (var at = 0; at < perClass.Length; at++)
        {
            if (double.IsNaN(perClass[at]))
                continue;
            defined++;
            sum += perClass[at];
            weighted += perClass[at] * support[at];
            weights += support[at];
        }
        return new ClassAverages(ClassificationMetrics.Share(sum, defined), micro ?? double.NaN, ClassificationMetrics.Share(weighted, weights), perClass);
    }

    // The true positive rate at each step across, between the points of the curve on a straight line; where it rises upright, its upper end.
    private static void AddTo(double[] mean, Ranking ranking)
    {
        double x0 = 0, y0 = 0;
        var next = 0;
        for (var at = 0; at < ranking.Thresholds.Length; at++)
        {
            var (x1, y1) = ((double)ranking.FalsePositives[at] / ranking.Negatives, (double)ranking.TruePositives[at] / ranking.Positives);
            for (; next <= MacroSteps && (double)next / MacroSteps < x1; next++)
                mean[next] += x1 > x0 ? y0 + ((y1 - y0) * (((double)next / MacroSteps) - x0) / (x1 - x0)) : y1;
            (x0, y0) = (x1, y1);
        }
        for (; next <= MacroSteps; next++)
            mean[next] += 1;
    }

    private static RankingCurve Mean(double[] sum, int curves)
    {
        var x = new double[sum.Length];
        for (var at = 0; at < x.Length; at++)
            (x[at], sum[at]) = ((double)at / MacroSteps, sum[at] / curves);
        return new RankingCurve(x, sum, []);
    }

    private static double[] Undefined(int classes)
    {
        var values = new double[classes];
        Array.Fill(values, double.NaN);
        return values;
    }
}
