namespace Dashboard.Analysis;

/// <summary>What the rules need to know of one curve: a name and some forty numbers, all that a new point makes necessary to compute again.</summary>
/// <remarks>Immutable and safe to keep from one reading to the next. <see cref="RuleVocabulary"/> says what each number is.</remarks>
public sealed class CurveFeatures
{
    private readonly double[] _values;

    private CurveFeatures(CurveName name, CleanCurve? clean, double[] values)
    {
        Name = name;
        Clean = clean;
        _values = values;
    }

    /// <summary>What the tag says.</summary>
    public CurveName Name { get; }

    /// <summary>A feature by its name in the scope <see cref="RuleScope.Curve"/>; NaN where the curve is too short for it or its role has none.</summary>
    /// <exception cref="ArgumentException">There is no such feature.</exception>
    public double this[string feature] => _values[CurveVocabulary.IndexOf(feature)];

    /// <summary>The points, for a curve that is read beyond its features; null for roles of which nothing is read.</summary>
    internal CleanCurve? Clean { get; }

    /// <summary>All features, in the order of <see cref="CurveVocabulary"/>.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <summary>Reads a curve. Costs some hundred microseconds for two thousand points.</summary>
    public static CurveFeatures Of(SignalCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var name = CurveName.Of(curve.Tag);
        var clean = CleanCurve.Of(curve, name.Role == CurveRole.Score);
        var features = new FeatureRow();
        CurveReading.Read(clean, name, features);
        return new CurveFeatures(name, clean, features.Values);
    }

    /// <summary>A feature by its place.</summary>
    internal double At(CurveFeature feature) => _values[(int)feature];
}
