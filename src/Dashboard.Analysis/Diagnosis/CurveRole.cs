namespace Dashboard.Analysis;

/// <summary>What a scalar curve tells, as its name says.</summary>
public enum CurveRole
{
    /// <summary>Nothing that the diagnosis knows.</summary>
    Other,

    /// <summary>A loss or an error: lower is better.</summary>
    Loss,

    /// <summary>An accuracy or another score: higher is better.</summary>
    Score,

    /// <summary>The norm of a layer's gradient, or of all.</summary>
    GradientNorm,

    /// <summary>‖Δw‖/‖w‖ of a layer, or of all.</summary>
    UpdateRatio,

    /// <summary>How many numbers a layer's gradient has.</summary>
    GradientSize,

    /// <summary>The share of units of a module that never fire.</summary>
    DeadShare,

    /// <summary>A learning rate.</summary>
    LearningRate,
}
