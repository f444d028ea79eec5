namespace Dashboard.Analysis;

/// <summary>The features of layers and of dead units.</summary>
internal static class LayerVocabulary
{
    public static readonly RuleFeature[] Layers =
    [
        new("points", "Steps at which its gradient was logged."),
        new("first_step", "The first of them."),
        new("last_step", "The last of them."),
        new("is_model", "1 for the gradient of the whole model, 0 for one layer's."),
        new("norm", "Present gradient norm: the median of the newest quarter, 20 points at most; of weight and bias together."),
        new("norm_early", "The same of the oldest quarter."),
        new("norm_last", "The last norm."),
        new("norm_peak", "The largest norm."),
        new("growth", "norm over norm_early."),
        new("growth_last", "norm_last over norm_early."),
        new("ratio", "norm over the largest of all layers."),
        new("ratio_early", "The same of the early norms."),
        new("per_weight", "norm/√n where the number n of weights is logged: what one weight feels."),
        new("update_ratio", "Present ‖Δw‖/‖w‖ of the layer."),
        new("non_finite_trailing", "How many of its last norms are NaN or infinite."),
    ];

    public static readonly RuleFeature[] Units =
    [
        new("points", "Steps at which the share was logged."),
        new("first_step", "The first of them."),
        new("last_step", "The last of them."),
        new("share", "Present share of dead units, 0 to 1."),
        new("share_early", "The share at the beginning."),
        new("share_peak", "The largest share."),
    ];
}
