namespace Dashboard.Analysis.Tests;

public sealed class ClassificationTests
{
    // Quotients of small whole numbers.
    private const int Digits = 12;

    [Fact]
    public void Averages_ThreeClassesTwiceEach_AreTheTextbookOnes()
    {
        var counts = ConfusionCounts.Of([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], 3);

        Assert.Equal(2 / 9.0, ClassificationMetrics.Precision(counts).Macro, Digits);
        Assert.Equal(1 / 3.0, ClassificationMetrics.Recall(counts).Macro, Digits);
        Assert.Equal(4 / 15.0, ClassificationMetrics.F1(counts).Macro, Digits);
        Assert.Equal(1 / 3.0, ClassificationMetrics.F1(counts).Micro, Digits);
        Assert.Equal([new ClassConfusion(2, 1, 2), new ClassConfusion(1, 0, 1), new ClassConfusion(1, 2, 1)], counts.Mistakes(10));
    }

    [Fact]
    public void Ranking_FourScores_HasTheTextbookAreas()
    {
        var samples = new ScoredSamples([0, 0, 1, 1], [.1, .4, .35, .8], 1);

        var ranking = Ranking.Of(samples, 1);

        Assert.Equal(0.75, ranking.Auc);
        Assert.Equal(5 / 6.0, ranking.AveragePrecision, Digits);
        Assert.Equal([0, 0, .5, .5, 1], ranking.Roc()!.X);
        Assert.Equal([0, .5, .5, 1, 1], ranking.Roc()!.Y);
        Assert.Equal([double.PositiveInfinity, .8, .4, .35, .1], ranking.Roc()!.Thresholds);
        // From the other side, the same.
        Assert.Equal(0.75, Ranking.Of(samples, 0).Auc);
    }

    [Fact]
    public void Ranking_AllTies_IsChance()
    {
        var ranking = Ranking.Of([false, true, false, true], [.5, .5, .5, .5]);

        Assert.Equal(0.5, ranking.Auc);
        Assert.Equal(0.5, ranking.AveragePrecision);
        Assert.Equal([.5], ranking.Thresholds);
    }

    [Fact]
    public void Ranking_ZerosOfBothSignsAndInfinities_AreOrderedAsNumbers()
    {
        var ranking = Ranking.Of([true, false, true, false], [0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity]);

        Assert.Equal([double.PositiveInfinity, 0, double.NegativeInfinity], ranking.Thresholds);
        // Of four pairs three are right and one is a tie.
        Assert.Equal(0.875, ranking.Auc);
    }

    [Fact]
    public void Ranking_OneClassOnly_HasNoCurve()
    {
        var samples = new ScoredSamples([1, 1, 1], [.1, .5, .9], 1);

        var all = ClassRankings.Of(samples, withMicro: false);

        Assert.True(double.IsNaN(all.Auc.Macro));
        Assert.Null(all.MacroRoc);
        Assert.Null(Ranking.Of(samples, 1).Roc());
        Assert.Equal(1, all.AveragePrecision.PerClass[1]);
        Assert.True(double.IsNaN(all.AveragePrecision.PerClass[0]));
    }

    [Fact]
    public void Samples_WithNanOrAClassWithoutScore_AreCountedApart()
    {
        var samples = new ScoredSamples([0, 1, 2, 5], [.9, .1, 0, .2, double.NaN, .1, 0, .1, .9, .5, .5, 0], 3);

        Assert.Equal((2, 1, 1), (samples.Used, samples.NanRows, samples.OutsideRows));
        Assert.Equal([0, -1, 2, -1], samples.Predicted.ToArray());
        Assert.Equal(1, ClassificationMetrics.Accuracy(ConfusionCounts.Of(samples)));
    }

    [Fact]
    public void Samples_Empty_HaveNoMeasures()
    {
        var samples = new ScoredSamples([], [], 3);
        var counts = ConfusionCounts.Of(samples);

        Assert.True(double.IsNaN(ClassificationMetrics.Accuracy(counts)));
        Assert.True(double.IsNaN(ClassificationMetrics.F1(counts).Macro));
        Assert.True(double.IsNaN(ClassificationMetrics.Matthews(counts)));
        Assert.True(double.IsNaN(ClassRankings.Of(samples, withMicro: true).Auc.Macro));
        Assert.Null(Calibration.Of(samples));
    }

    [Fact]
    public void Samples_EqualScores_PredictTheFirst()
    {
        var samples = new ScoredSamples([2, 1], [.2, .4, .4, .3, .3, .3], 3);

        Assert.Equal([1, 0], samples.Predicted.ToArray());
        Assert.Equal(0, ClassificationMetrics.TopK(samples, 1));
        Assert.Equal(1, ClassificationMetrics.TopK(samples, 2));
    }

    [Fact]
    public void OneColumn_OutsideTheUnit_IsALogit()
    {
        var logits = new ScoredSamples([0, 1], [.4, 3], 1);
        var probabilities = new ScoredSamples([0, 1], [.4, 1], 1);

        Assert.Equal([1, 1], logits.Predicted.ToArray());
        Assert.Equal([0, 1], probabilities.Predicted.ToArray());
    }

    [Fact]
    public void OperatingPoint_AtAThreshold_CountsWhatScoresAtLeastThat()
    {
        var samples = new ScoredSamples([0, 0, 1, 1], [.1, .4, .4, .8], 1);

        var point = OperatingPoint.At(samples, 1, .4);

        Assert.Equal(new OperatingPoint(.4, 2, 1, 0, 1), point);
        Assert.Equal((2 / 3.0, 1.0, 0.5, 0.8, 0.75), (point.Precision, point.Recall, point.FalsePositiveRate, point.F1, point.Accuracy));
        Assert.True(double.IsNaN(OperatingPoint.At(samples, 1, .9).Precision));
        // Class 0 has 1 − p.
        Assert.Equal(1, OperatingPoint.At(samples, 0, .9).TruePositives);
    }

    [Fact]
    public void Calibration_OfManyClasses_IsOfThePredictedOne()
    {
        // Four predictions of .8, three of them right; one of .4, wrong.
        var samples = new ScoredSamples([0, 0, 0, 1, 2], [.8, .1, .1, .8, .1, .1, .8, .1, .1, .8, .1, .1, .4, .3, .3], 3);

        var found = Calibration.Of(samples, 5)!;

        Assert.True(found.OfPredicted);
        Assert.Equal((4L, 0.75), (found.Bins[3].Count, found.Bins[3].Frequency));
        Assert.Equal((0.05 * 4 / 5) + (0.4 / 5), found.Expected, Digits);
        Assert.Equal(0.4, found.Largest, Digits);
    }

    [Fact]
    public void Thinned_LongCurve_StaysWithinItsShare()
    {
        var random = new Random(1);
        var marks = Enumerable.Range(0, 20_000).Select(_ => random.Next(3) == 0).ToArray();
        var scores = marks.Select(mark => random.NextDouble() + (mark ? 0.3 : 0)).ToArray();
        var whole = Ranking.Of(marks, scores).Roc()!;

        var thin = whole.Thin(500);

        Assert.InRange(thin.X.Length, 300, 500);
        Assert.Equal((whole.X[0], whole.X[^1], whole.Y[^1]), (thin.X[0], thin.X[^1], thin.Y[^1]));
        // A way of 2 in 498 shares: the area between the two is at most that high over its width of 1.
        Assert.Equal(Area(whole), Area(thin), 2.0 / 498);
        Assert.Same(thin, thin.Thin(0));
    }

    [Fact]
    public void Thinned_PrecisionRecall_KeepsOneThresholdLess()
    {
        var random = new Random(2);
        var marks = Enumerable.Range(0, 5000).Select(_ => random.Next(2) == 0).ToArray();
        var thin = Ranking.Of(marks, [.. marks.Select(mark => random.NextDouble() + (mark ? 0.2 : 0))]).PrecisionRecall()!.Thin(100);

        Assert.InRange(thin.X.Length, 50, 100);
        Assert.Equal(thin.X.Length - 1, thin.Thresholds.Length);
        Assert.Equal((0, 1), (thin.X[^1], thin.Y[^1]));
    }

    [Fact]
    public void Rankings_AHundredThousandClassesOfFewSamples_AreOfThoseThatOccur()
    {
        const int classes = 100_000;
        const int rows = 12;
        var random = new Random(3);
        var labels = Enumerable.Range(0, rows).Select(row => (long)(row % 5 * 1000)).ToArray();
        var scores = new double[rows * classes];
        for (var at = 0; at < scores.Length; at++)
            scores[at] = random.NextSingle();
        var samples = new ScoredSamples(labels, scores, classes);

        var ranked = new List<int>();
        var all = ClassRankings.Of(samples, withMicro: true, (@class, _) => ranked.Add(@class));

        Assert.Equal([0, 1000, 2000, 3000, 4000], ranked);
        Assert.Equal(5, all.Auc.PerClass.Count(value => !double.IsNaN(value)));
        Assert.Equal(rows, ConfusionCounts.Of(samples).Mistakes(100).Sum(cell => cell.Count) + ConfusionCounts.Of(samples).Right);
    }

    [Fact]
    public void Samples_OfAnotherShape_AreRefused() => Assert.Throws<ArgumentException>(() => new ScoredSamples([0, 1], [.1, .2, .3], 2));

    [Fact]
    public void Regression_ConstantTargetsAndNan_AreNotJudgedAsZero()
    {
        var flat = RegressionMetrics.Of([.1, .1, .1, double.NaN], [.1, .2, .3, 1]);

        Assert.True(double.IsNaN(flat.RSquared));
        Assert.Equal((3, 1), (flat.Samples, flat.NonFinite));
        Assert.Equal(0.1, flat.MedianAbsolute, Digits);
        Assert.True(double.IsNaN(RegressionMetrics.Of([0, 1], [1, 1]).MeanPercentage));
        Assert.True(double.IsNaN(RegressionMetrics.Of([], []).MeanAbsolute));
    }

    private static double Area(RankingCurve curve) => Enumerable.Range(1, curve.X.Length - 1).Sum(at => (curve.X[at] - curve.X[at - 1]) * (curve.Y[at] + curve.Y[at - 1]) / 2);
}
