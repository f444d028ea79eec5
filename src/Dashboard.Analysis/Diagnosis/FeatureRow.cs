namespace Dashboard.Analysis;

/// <summary>Features of one curve while they are found; what nobody sets stays unknown.</summary>
internal sealed class FeatureRow
{
    public FeatureRow() => Array.Fill(Values, double.NaN);

    public double[] Values { get; } = new double[Enum.GetValues<CurveFeature>().Length];

    /// <summary>Deviation of the newer half around its course, in the values' units: several features need it, and finding it sorts them twice.</summary>
    public double Deviation { get; set; } = double.NaN;

    public double this[CurveFeature feature]
    {
        get => Values[(int)feature];
        set => Values[(int)feature] = value;
    }
}
