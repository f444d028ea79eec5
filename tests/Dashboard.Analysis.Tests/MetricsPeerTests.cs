using System.Text.Json;

namespace Dashboard.Analysis.Tests;

/// <summary>scikit-learn, on the same numbers.</summary>
public sealed class MetricsPeerTests(MetricsFixture peers) : IClassFixture<MetricsFixture>
{
    // What the two promise each other: a few thousand additions, each rounded at 1e-16.
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("logits")]
    [InlineData("probabilities")]
    [InlineData("ties")]
    [InlineData("absent")]
    [InlineData("two")]
    [InlineData("one_probability")]
    [InlineData("one_logit")]
    [InlineData("single")]
    [InlineData("many")]
    public void Predictions_BesideScikitLearn_MeasureTheSame(string name)
    {
        var expected = peers[name];
        var samples = MetricsFixture.Samples(expected);
        var counts = ConfusionCounts.Of(samples);

        Near(expected.GetProperty("accuracy"), ClassificationMetrics.Accuracy(counts));
        Near(expected.GetProperty("balanced"), ClassificationMetrics.BalancedAccuracy(counts));
        Near(expected.GetProperty("matthews"), ClassificationMetrics.Matthews(counts));
        Near(expected.GetProperty("precision"), ClassificationMetrics.Precision(counts));
        Near(expected.GetProperty("recall"), ClassificationMetrics.Recall(counts));
        Near(expected.GetProperty("f1"), ClassificationMetrics.F1(counts));
        Assert.Equal(MetricsFixture.Flat(expected.GetProperty("confusion")), counts.ToMatrix().SelectMany(row => row).Select(count => (double)count));
        Assert.Equal(ClassificationMetrics.Accuracy(counts), ClassificationMetrics.TopK(samples, 1));
    }

    [Theory]
    [InlineData("logits")]
    [InlineData("probabilities")]
    [InlineData("ties")]
    [InlineData("absent")]
    [InlineData("two")]
    [InlineData("one_probability")]
    [InlineData("one_logit")]
    [InlineData("single")]
    [InlineData("many")]
    public void Curves_BesideScikitLearn_AreTheSamePointForPoint(string name)
    {
        var expected = peers[name];
        var samples = MetricsFixture.Samples(expected);
        var ranked = expected.GetProperty("ranked");

        var seen = 0;
        var all = ClassRankings.Of(samples, withMicro: true, (@class, ranking) =>
        {
            var one = ranked.GetProperty($"{@class}");
            Near(one.GetProperty("auc"), ranking.Auc);
            Near(one.GetProperty("average_precision"), ranking.AveragePrecision);
            var (roc, curve) = (ranking.Roc()!, ranking.PrecisionRecall()!);
            Near(one.GetProperty("fpr"), roc.X);
            Near(one.GetProperty("tpr"), roc.Y);
            Near(one.GetProperty("recall"), curve.X);
            Near(one.GetProperty("precision"), curve.Y);
            // Scores of class 0 of one column are told as 1 − p; there they were given as −p.
            var offset = samples.Columns == 1 && @class == 0 && samples.AreProbabilities ? 1 : 0;
            Near(one.GetProperty("thresholds"), [.. curve.Thresholds.Select(threshold => threshold - offset)]);
            seen++;
        });

        Assert.Equal(ranked.EnumerateObject().Count(), seen);
        if (expected.TryGetProperty("micro_auc", out var micro))
        {
            Near(micro, all.Auc.Micro);
            Near(expected.GetProperty("micro_average_precision"), all.AveragePrecision.Micro);
        }
        if (expected.TryGetProperty("macro_auc", out var macro))
        {
            Near(macro, all.Auc.Macro);
            Near(expected.GetProperty("weighted_auc"), all.Auc.Weighted);
        }
    }

    [Theory]
    [InlineData("probabilities")]
    [InlineData("ties")]
    [InlineData("two")]
    [InlineData("one_probability")]
    [InlineData("single")]
    public void Probabilities_BesideScikitLearn_AreJudgedTheSame(string name)
    {
        var expected = peers[name];
        var samples = MetricsFixture.Samples(expected);

        Near(expected.GetProperty("log_loss"), ProbabilityScores.LogLoss(samples));
        Near(expected.GetProperty("brier"), ProbabilityScores.Brier(samples));
        if (expected.TryGetProperty("calibration", out var bins))
        {
            var filled = Calibration.Of(samples)!.Bins.Where(bin => bin.Count > 0).ToList();
            Near(bins.GetProperty("probability"), [.. filled.Select(bin => bin.Probability)]);
            Near(bins.GetProperty("frequency"), [.. filled.Select(bin => bin.Frequency)]);
        }
    }

    [Theory]
    [InlineData("logits")]
    [InlineData("one_logit")]
    public void Probabilities_OfLogits_AreNone(string name)
    {
        var samples = MetricsFixture.Samples(peers[name]);

        Assert.False(samples.AreProbabilities);
        Assert.True(double.IsNaN(ProbabilityScores.LogLoss(samples)));
        Assert.Null(Calibration.Of(samples));
    }

    [Theory]
    [InlineData("regression")]
    [InlineData("regression_outputs")]
    public void Regression_BesideScikitLearn_MeasuresTheSame(string name)
    {
        var expected = peers[name];
        var outputs = expected.GetProperty("outputs").GetArrayLength();
        var (targets, predicted) = (MetricsFixture.Flat(expected.GetProperty("targets")), MetricsFixture.Flat(expected.GetProperty("predicted")));
        double sum = 0;
        for (var output = 0; output < outputs; output++)
        {
            var found = RegressionMetrics.Of([.. Column(targets, output)], [.. Column(predicted, output)]);
            var one = expected.GetProperty("outputs")[output];
            Near(one.GetProperty("r2"), found.RSquared);
            Near(one.GetProperty("explained_variance"), found.ExplainedVariance);
            Near(one.GetProperty("mae"), found.MeanAbsolute);
            Near(one.GetProperty("rmse"), found.RootMeanSquare);
            Near(one.GetProperty("median"), found.MedianAbsolute);
            Near(one.GetProperty("mape"), found.MeanPercentage);
            Near(one.GetProperty("max"), found.LargestAbsolute);
            Near(one.GetProperty("bias"), found.Bias);
            sum += found.RSquared;
        }
        Near(expected.GetProperty("r2"), sum / outputs);

        IEnumerable<double> Column(double[] rows, int output) => rows.Where((_, at) => at % outputs == output);
    }

    private static void Near(JsonElement expected, ClassAverages found)
    {
        Near(expected.GetProperty("macro"), found.Macro);
        Near(expected.GetProperty("micro"), found.Micro);
        Near(expected.GetProperty("weighted"), found.Weighted);
        // What has no value of its own is 0 there.
        Near(expected.GetProperty("per_class"), [.. found.PerClass.Select(value => double.IsNaN(value) ? 0 : value)]);
    }

    private static void Near(JsonElement expected, double[] found)
    {
        var numbers = MetricsFixture.Numbers(expected);
        Assert.Equal(numbers.Length, found.Length);
        for (var at = 0; at < numbers.Length; at++)
            Assert.Equal(numbers[at], found[at], Tolerance);
    }

    private static void Near(JsonElement expected, double found) => Assert.Equal(expected.GetDouble(), found, Tolerance);
}
