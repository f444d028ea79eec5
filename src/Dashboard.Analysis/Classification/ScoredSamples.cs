namespace Dashboard.Analysis;

/// <summary>What a classifier said of samples: a true class and a row of scores each, as they were logged.</summary>
/// <remarks>
/// The prediction is the class of the highest score, the first of equal ones. One column is the score of class 1 of two: a probability where all lie within 0 to 1, and the prediction is
/// class 1 above 0.5; else a logit, and it is class 1 above 0. Rows that hold NaN, or whose class has no score, are counted and take no further part; infinities are ordered like any number.
/// </remarks>
public sealed class ScoredSamples
{
    // A softmax in half precision adds up to 1 within some thousandths.
    private const double SumTolerance = 0.01;

    private readonly int[] _labels;
    private readonly int[] _predicted;

    /// <param name="labels">True class of each sample, counted from 0.</param>
    /// <param name="scores">Samples × columns, row after row; kept, not copied.</param>
    /// <param name="columns">Scores of a sample.</param>
    /// <exception cref="ArgumentException">The scores are not labels times columns, or there are no columns.</exception>
    public ScoredSamples(ReadOnlySpan<long> labels, double[] scores, int columns)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (columns < 1 || (long)labels.Length * columns != scores.Length)
            throw new ArgumentException($"{scores.Length} scores are not {labels.Length} rows of {columns}.", nameof(scores));
        (Scores, Columns, Rows) = (scores, columns, labels.Length);
        Classes = Math.Max(columns, 2);
        _labels = new int[Rows];
        _predicted = new int[Rows];
        Keep(labels);
        AreProbabilities = Used > 0 && WithinUnit() && (columns == 1 || RowsAddUpToOne());
        Threshold = AreProbabilities ? 0.5 : 0;
        Predict();
    }

    /// <summary>Samples × columns, row after row.</summary>
    public double[] Scores { get; }

    /// <summary>Scores of a sample.</summary>
    public int Columns { get; }

    /// <summary>Classes there are scores for: as many as columns, two for one column.</summary>
    public int Classes { get; }

    /// <summary>Samples logged.</summary>
    public int Rows { get; }

    /// <summary>Samples that count.</summary>
    public int Used { get; private set; }

    /// <summary>Samples left out because a score is NaN.</summary>
    public int NanRows { get; private set; }

    /// <summary>Samples left out because there is no score for their class.</summary>
    public int OutsideRows { get; private set; }

    /// <summary>Whether all scores lie within 0 to 1 and, with a column a class, each row adds up to 1 within a hundredth.</summary>
    public bool AreProbabilities { get; }

    /// <summary>With one column: the score above which class 1 is predicted.</summary>
    public double Threshold { get; }

    /// <summary>True class of each row, −1 for one that is left out.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Predicted class of each row, −1 for one that is left out.</summary>
    public ReadOnlySpan<int> Predicted => _predicted;

    /// <summary>The score that orders samples for a class. With one column class 0 has the negative of what is there.</summary>
    public double Score(int row, int @class) => Columns > 1 ? Scores[(row * Columns) + @class] : @class == 1 ? Scores[row] : -Scores[row];

    private void Keep(ReadOnlySpan<long> labels)
    {
        for (var row = 0; row < Rows; row++)
        {
            if (HasNan(Scores.AsSpan(row * Columns, Columns)))
                (_labels[row], NanRows) = (-1, NanRows + 1);
            else if (labels[row] < 0 || labels[row] >= Classes)
                (_labels[row], OutsideRows) = (-1, OutsideRows + 1);
            else
                (_labels[row], Used) = ((int)labels[row], Used + 1);
        }
    }

    private static bool HasNan(ReadOnlySpan<double> row)
    {
        foreach (var score in row)
        {
            if (double.IsNaN(score))
                return true;
        }
        return false;
    }

    private bool WithinUnit()
    {
        for (var row = 0; row < Rows; row++)
        {
            if (_labels[row] < 0)
                continue;
            foreach (var score in Scores.AsSpan(row * Columns, Columns))
            {
                if (score is < 0 or > 1)
                    return false;
            }
        }
        return true;
    }

    private bool RowsAddUpToOne()
    {
        for (var row = 0; row < Rows; row++)
        {
            if (_labels[row] < 0)
                continue;
            double sum = 0;
            foreach (var score in Scores.AsSpan(row * Columns, Columns))
                sum += score;
            if (Math.Abs(sum - 1) > SumTolerance)
                return false;
        }
        return true;
    }

    private void Predict()
    {
        for (var row = 0; row < Rows; row++)
        {
            if (_labels[row] < 0)
                _predicted[row] = -1;
            else if (Columns == 1)
                _predicted[row] = Scores[row] > Threshold ? 1 : 0;
            else
                _predicted[row] = First(Scores.AsSpan(row * Columns, Columns));
        }
    }

    private static int First(ReadOnlySpan<double> row)
    {
        var best = 0;
        for (var column = 1; column < row.Length; column++)
        {
            if (row[column] > row[best])
                best = column;
        }
        return best;
    }
}
