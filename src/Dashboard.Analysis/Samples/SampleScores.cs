namespace Dashboard.Analysis;

/// <summary>Scores of samples read as probabilities, predictions, margins and losses.</summary>
public static class SampleScores
{
    // What rounding to seven digits, or a softmax in half precision over many classes, may leave.
    private const double SumTolerance = 1e-2;
    private const double RangeTolerance = 1e-6;
    private const double Least = 1e-12;

    /// <summary>Whether every row is probabilities: from 0 to 1, and of one row the sum 1 (within a hundredth). One column is the probability of class 1.</summary>
    public static bool AreProbabilities(ReadOnlySpan<double> scores, int columns)
    {
        if (columns == 0)
            return false;
        for (var at = 0; at < scores.Length; at += columns)
        {
            double sum = 0;
            foreach (var score in scores.Slice(at, columns))
            {
                // NaN fails both.
                if (!(score >= -RangeTolerance) || !(score <= 1 + RangeTolerance))
                    return false;
                sum += score;
            }
            if (columns > 1 && Math.Abs(sum - 1) > SumTolerance)
                return false;
        }
        return true;
    }

    /// <summary>The class of the highest score, of equals the first; −1 where no score is a number. One column is the score of class 1, taken from one half on.</summary>
    public static int Predicted(ReadOnlySpan<double> row)
    {
        if (row.Length == 1)
            return double.IsNaN(row[0]) ? -1 : row[0] >= 0.5 ? 1 : 0;
        var best = -1;
        for (var at = 0; at < row.Length; at++)
        {
            if (!double.IsNaN(row[at]) && (best < 0 || row[at] > row[best]))
                best = at;
        }
        return best;
    }

    /// <summary>Score of a class; of one column, of either of two classes.</summary>
    public static double Of(ReadOnlySpan<double> row, int label) => row.Length == 1 ? (label == 1 ? row[0] : 1 - row[0]) : row[label];

    /// <summary>Score of the true class less the highest of the others: below 0 where the model would have it another. NaN where a score is none.</summary>
    public static double Margin(ReadOnlySpan<double> row, int label)
    {
        if (row.Length == 1)
            return label == 1 ? (2 * row[0]) - 1 : 1 - (2 * row[0]);
        var other = double.NegativeInfinity;
        for (var at = 0; at < row.Length; at++)
        {
            if (at != label)
                other = Math.Max(other, row[at]);
        }
        return row[label] - other;
    }

    /// <summary>Cross entropy of a row of probabilities, in nats.</summary>
    public static double CrossEntropy(ReadOnlySpan<double> row, int label) => -Math.Log(Math.Clamp(Of(row, label), Least, 1));
}
