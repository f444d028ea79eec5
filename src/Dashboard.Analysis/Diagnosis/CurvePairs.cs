namespace Dashboard.Analysis;

/// <summary>Finds the training curve of each validation curve.</summary>
internal static class CurvePairs
{
    /// <summary>Each validation curve with a training curve of the same key and role; of several, the one that says so, then the one of most points.</summary>
    public static IEnumerable<(CurveFeatures Training, CurveFeatures Validation)> Of(IReadOnlyList<CurveFeatures> curves)
    {
        var training = curves.Where(curve => curve.Name.Split != CurveSplit.Validation && curve.Name.Role is CurveRole.Loss or CurveRole.Score)
            .ToLookup(curve => (curve.Name.Role, curve.Name.Key));
        foreach (var validation in curves.Where(curve => curve.Name.Split == CurveSplit.Validation).OrderBy(curve => curve.Name.Tag, StringComparer.Ordinal))
        {
            var other = training[(validation.Name.Role, validation.Name.Key)].OrderByDescending(curve => curve.Name.Split == CurveSplit.Training)
                .ThenByDescending(curve => curve.At(CurveFeature.Points)).ThenBy(curve => curve.Name.Tag, StringComparer.Ordinal).FirstOrDefault();
            if (other is not null)
                yield return (other, validation);
        }
    }
}
