namespace Dashboard.Analysis;

/// <summary>Samples of one class against the rest, by falling score: how many of either side have at least each score that occurs. Equal scores are one step, as in scikit-learn.</summary>
public sealed class Ranking
{
    private Ranking(double[] thresholds, int[] truePositives, int[] falsePositives, int positives, int negatives) =>
        (Thresholds, TruePositives, FalsePositives, Positives, Negatives) = (thresholds, truePositives, falsePositives, positives, negatives);

    /// <summary>Scores that occur, falling.</summary>
    public double[] Thresholds { get; }

    /// <summary>Samples of the class with at least this score.</summary>
    public int[] TruePositives { get; }

    /// <summary>Others with at least this score.</summary>
    public int[] FalsePositives { get; }

    /// <summary>Samples of the class.</summary>
    public int Positives { get; }

    /// <summary>Others.</summary>
    public int Negatives { get; }

    /// <summary>Area under the ROC curve, by trapezoids: the chance that a sample of the class scores above another, ties counting half; NaN where either side is empty.</summary>
    public double Auc
    {
        get
        {
            if (Positives == 0 || Negatives == 0)
                return double.NaN;
            // Whole numbers: nothing is rounded before the division.
            Int128 twice = 0;
            var (before, beforeOthers) = (0, 0);
            for (var at = 0; at < Thresholds.Length; at++)
            {
                twice += (long)(FalsePositives[at] - beforeOthers) * ((long)TruePositives[at] + before);
                (before, beforeOthers) = (TruePositives[at], FalsePositives[at]);
            }
            return (double)twice / (2.0 * Positives * Negatives);
        }
    }

    /// <summary>Average precision Σ (R_i − R_{i−1})·P_i, without interpolation; NaN without samples of the class.</summary>
    public double AveragePrecision
    {
        get
        {
            if (Positives == 0)
                return double.NaN;
            double sum = 0;
            var before = 0;
            for (var at = 0; at < Thresholds.Length; at++)
            {
                sum += (double)(TruePositives[at] - before) / Positives * ((double)TruePositives[at] / ((long)TruePositives[at] + FalsePositives[at]));
                before = TruePositives[at];
            }
            return sum;
        }
    }

    /// <summary>One class against the rest. With one column the scores of class 0 are 1 − p, or the negative logit.</summary>
    public static Ranking Of(ScoredSamples samples, int @class)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var positives = 0;
        foreach (var label in samples.Labels)
        {
            if (label == @class)
                positives++;
        }
        var (of, others) = (new ulong[positives], new ulong[samples.Used - positives]);
        var (at, otherAt) = (0, 0);
        for (var row = 0; row < samples.Rows; row++)
        {
            if (samples.Labels[row] < 0)
                continue;
            var key = OrderedKeys.Of(samples.Score(row, @class));
            if (samples.Labels[row] == @class)
                of[at++] = key;
            else
                others[otherAt++] = key;
        }
        return Merge(of, others, Offset(samples, @class));
    }

    /// <summary>All decisions together: every score of a sample, that of its own class against those of the others.</summary>
    public static Ranking Micro(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var (of, others) = (new ulong[samples.Used], new ulong[checked(samples.Used * (samples.Classes - 1))]);
        var (at, otherAt) = (0, 0);
        var (zero, one) = (Offset(samples, 0), Offset(samples, 1));
        for (var row = 0; row < samples.Rows; row++)
        {
            var label = samples.Labels[row];
            for (var @class = 0; label >= 0 && @class < samples.Classes; @class++)
            {
                var key = OrderedKeys.Of(samples.Score(row, @class) + (@class == 0 ? zero : one));
                if (label == @class)
                    of[at++] = key;
                else
                    others[otherAt++] = key;
            }
        }
        return Merge(of, others, 0);
    }

    /// <summary>One column of plain scores, with those of the class marked; for what is no table of scores.</summary>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static Ranking Of(ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> scores)
    {
        if (isPositive.Length != scores.Length)
            throw new ArgumentException($"{isPositive.Length} marks and {scores.Length} scores: each score needs its mark.", nameof(scores));
        var (of, others) = (new List<ulong>(), new List<ulong>());
        for (var at = 0; at < scores.Length; at++)
        {
            if (!double.IsNaN(scores[at]))
                (isPositive[at] ? of : others).Add(OrderedKeys.Of(scores[at]));
        }
        return Merge([.. of], [.. others], 0);
    }

    /// <summary>The ROC curve from (0, 0) at an infinite threshold; null where either side is empty. Points in the middle of a straight stretch of equal steps are left out, as in scikit-learn.</summary>
    public RankingCurve? Roc()
    {
        if (Positives == 0 || Negatives == 0)
            return null;
        var (x, y, thresholds) = (new List<double> { 0 }, new List<double> { 0 }, new List<double> { double.PositiveInfinity });
        for (var at = 0; at < Thresholds.Length; at++)
        {
            if (at > 0 && at < Thresholds.Length - 1 && IsStraight(TruePositives, at) && IsStraight(FalsePositives, at))
                continue;
            x.Add((double)FalsePositives[at] / Negatives);
            y.Add((double)TruePositives[at] / Positives);
            thresholds.Add(Thresholds[at]);
        }
        return new RankingCurve([.. x], [.. y], [.. thresholds]);
    }

    /// <summary>The precision-recall curve from recall 1 to (0, 1), thresholds rising; null without samples of the class.</summary>
    public RankingCurve? PrecisionRecall()
    {
        if (Positives == 0)
            return null;
        var count = Thresholds.Length;
        var (x, y, thresholds) = (new double[count + 1], new double[count + 1], new double[count]);
        for (var at = 0; at < count; at++)
        {
            var from = count - 1 - at;
            x[at] = (double)TruePositives[from] / Positives;
            y[at] = (double)TruePositives[from] / ((long)TruePositives[from] + FalsePositives[from]);
            thresholds[at] = Thresholds[from];
        }
        y[count] = 1;
        return new RankingCurve(x, y, thresholds);
    }

    /// <summary>What is added to a score that orders to get the score that is told: with one column of probabilities that of class 0 is 1 − p.</summary>
    internal static double Offset(ScoredSamples samples, int @class) => samples.Columns == 1 && @class == 0 && samples.AreProbabilities ? 1 : 0;

    private static bool IsStraight(int[] counts, int at) => counts[at + 1] - counts[at] == counts[at] - counts[at - 1];

    private static Ranking Merge(ulong[] of, ulong[] others, double offset)
    {
        var scratch = new ulong[Math.Max(of.Length, others.Length)];
        OrderedKeys.Sort(of, scratch);
        OrderedKeys.Sort(others, scratch);
        var steps = Steps(of, others);
        var (thresholds, hits, misses) = (new double[steps], new int[steps], new int[steps]);
        var (at, otherAt) = (of.Length - 1, others.Length - 1);
        for (var step = 0; step < steps; step++)
        {
            var key = at >= 0 && (otherAt < 0 || of[at] >= others[otherAt]) ? of[at] : others[otherAt];
            while (at >= 0 && of[at] == key)
                at--;
            while (otherAt >= 0 && others[otherAt] == key)
                otherAt--;
            thresholds[step] = OrderedKeys.Value(key) + offset;
            hits[step] = of.Length - 1 - at;
            misses[step] = others.Length - 1 - otherAt;
        }
        return new Ranking(thresholds, hits, misses, of.Length, others.Length);
    }

    private static int Steps(ulong[] of, ulong[] others)
    {
        var (at, otherAt, steps) = (0, 0, 0);
        while (at < of.Length || otherAt < others.Length)
        {
            var key = at < of.Length && (otherAt >= others.Length || of[at] <= others[otherAt]) ? of[at] : others[otherAt];
            while (at < of.Length && of[at] == key)
                at++;
            while (otherAt < others.Length && others[otherAt] == key)
                otherAt++;
            steps++;
        }
        return steps;
    }
}
