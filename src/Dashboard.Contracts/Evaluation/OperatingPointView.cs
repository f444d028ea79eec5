namespace Dashboard.Contracts;

/// <summary>What comes of taking for a class whatever scores at least a threshold: answer of <c>GET /api/v1/runs/{run_id}/classification/point</c>.</summary>
/// <param name="Step">Training step.</param>
/// <param name="Class">The class.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="TruePositives">Samples of the class that are taken for it.</param>
/// <param name="FalsePositives">Others that are.</param>
/// <param name="FalseNegatives">Samples of the class that are not.</param>
/// <param name="TrueNegatives">Others that are not.</param>
/// <param name="Precision">Null where nothing is taken.</param>
/// <param name="Recall">Null without samples of the class.</param>
/// <param name="Fpr">False positive rate; null without other samples.</param>
/// <param name="F1">Null where it is 0/0.</param>
/// <param name="Accuracy">Share decided rightly; null without samples.</param>
public sealed record OperatingPointView(
    long Step, int Class, double Threshold, long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives,
    double? Precision, double? Recall, double? Fpr, double? F1, double? Accuracy);
