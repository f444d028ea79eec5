namespace Dashboard.Analysis;

/// <summary>Which samples a curve was taken on, as its name says.</summary>
public enum CurveSplit
{
    /// <summary>It does not say.</summary>
    Unsaid,

    /// <summary>Those that are trained on.</summary>
    Training,

    /// <summary>Samples that are held out.</summary>
    Validation,
}
