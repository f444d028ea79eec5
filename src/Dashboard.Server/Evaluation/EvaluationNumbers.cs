using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Numbers of the analysis as the wire has them: what is undefined is null.</summary>
internal static class EvaluationNumbers
{
    public static double? Defined(double value) => double.IsNaN(value) ? null : value;

    public static AveragesView View(ClassAverages averages, IReadOnlyList<int> classes) => new(
        Defined(averages.Macro), Defined(averages.Micro), Defined(averages.Weighted), [.. classes.Select(at => Defined(averages.PerClass[at]))]);

    public static CalibrationView? View(Calibration? calibration) => calibration is null ? null : new(
        calibration.OfPredicted ? "predicted" : "class_1",
        [.. calibration.Bins.Select(bin => new CalibrationBinView(bin.From, bin.To, bin.Count, Defined(bin.Probability), Defined(bin.Frequency)))],
        calibration.Expected, calibration.Largest);

    public static RegressionMeasures View(RegressionMetrics metrics) => new(
        Defined(metrics.RSquared), Defined(metrics.ExplainedVariance), Defined(metrics.MeanAbsolute), Defined(metrics.RootMeanSquare), Defined(metrics.MedianAbsolute),
        Defined(metrics.MeanPercentage), Defined(metrics.LargestAbsolute), Defined(metrics.Bias));

    public static OperatingPointView View(OperatingPoint point, long step, int @class) => new(
        step, @class, point.Threshold, point.TruePositives, point.FalsePositives, point.FalseNegatives, point.TrueNegatives,
        Defined(point.Precision), Defined(point.Recall), Defined(point.FalsePositiveRate), Defined(point.F1), Defined(point.Accuracy));
}
