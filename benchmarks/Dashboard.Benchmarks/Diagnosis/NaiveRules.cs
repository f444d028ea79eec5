using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>What a careful script does by itself: patience on the training loss, patience on the validation loss, a look for NaN. The figure to beat.</summary>
internal static class NaiveRules
{
    private const int Patience = 10;
    private const int ChecksOfPatience = 3;

    public static IEnumerable<string> Alarms(LabelledRun run)
    {
        foreach (var curve in run.Curves)
        {
            var name = CurveName.Of(curve.Tag);
            if (name.Role != CurveRole.Loss)
                continue;
            if (!curve.Values.All(double.IsFinite))
                yield return "non_finite";
            var values = curve.Values.Where(double.IsFinite).ToArray();
            if (values.Length < 2)
                continue;
            var best = Array.IndexOf(values, values.Min());
            var waited = values.Length - 1 - best;
            if (name.Split == CurveSplit.Validation && waited >= ChecksOfPatience)
                yield return "overfitting";
            if (name.Split == CurveSplit.Validation || waited < Patience)
                continue;
            yield return values[^1] > values[0] ? "diverging" : values[^1] > 0.9 * values[0] ? "not_falling" : "plateau";
        }
    }
}
