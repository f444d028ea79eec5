namespace Dashboard.Analysis;

/// <summary>The curves that stand for a run as a whole.</summary>
/// <param name="TrainingLoss">The training loss; null where none is logged.</param>
/// <param name="ValidationLoss">The validation loss.</param>
/// <param name="Accuracy">Training accuracy, or validation accuracy.</param>
internal sealed record MainCurves(CurveFeatures? TrainingLoss, CurveFeatures? ValidationLoss, CurveFeatures? Accuracy)
{
    public static MainCurves Of(IReadOnlyList<CurveFeatures> curves) => new(
        Best(curves, CurveRole.Loss, split => split != CurveSplit.Validation, "loss"),
        Best(curves, CurveRole.Loss, split => split == CurveSplit.Validation, "loss"),
        Best(curves, CurveRole.Score, split => split != CurveSplit.Validation, "acc") ?? Best(curves, CurveRole.Score, _ => true, "acc"));

    // The plainest name wins: "loss" before "loss head", whatever was logged more often.
    private static CurveFeatures? Best(IReadOnlyList<CurveFeatures> curves, CurveRole role, Func<CurveSplit, bool> isOf, string word) =>
        curves.Where(curve => curve.Name.Role == role && isOf(curve.Name.Split) && curve.At(CurveFeature.Points) >= 3)
            .OrderByDescending(curve => curve.Name.Key.StartsWith(word, StringComparison.Ordinal)).ThenBy(curve => curve.Name.Key.Length)
            .ThenByDescending(curve => curve.At(CurveFeature.Points)).ThenBy(curve => curve.Name.Tag, StringComparer.Ordinal).FirstOrDefault();
}
