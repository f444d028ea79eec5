namespace Dashboard.Analysis;

/// <summary>Features of one curve while they are found; what nobody sets stays unknown.</summary>
internal sealed class FeatureRow
{
    public FeatureRow() => Array.Fill(Values, double.NaN);

    public double[] Values { get; } = new double[Enum.GetValues<CurveFeature>().Length];

    public double this[CurveFeature feature]
    {
        get => Values[(int)feature];
        set => Values[(int)feature] = value;
    }
}
