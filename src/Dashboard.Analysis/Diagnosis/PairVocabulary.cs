namespace Dashboard.Analysis;

/// <summary>The features of a training curve with its validation curve: all of both, and what lies between them.</summary>
internal static class PairVocabulary
{
    /// <summary>Features of each curve.</summary>
    public static readonly int CurveCount = CurveVocabulary.All.Length;

    /// <summary>In order: the training curve's, the validation curve's, their own.</summary>
    public static readonly RuleFeature[] All =
    [
        .. CurveVocabulary.All.Select(feature => new RuleFeature("train." + feature.Name, "Training curve: " + feature.What)),
        .. CurveVocabulary.All.Select(feature => new RuleFeature("val." + feature.Name, "Validation curve: " + feature.What)),
        new("is_loss", "1 for losses and errors, 0 for scores."),
        new("first_step", "The first step of either curve."),
        new("last_step", "The last step of either curve."),
        new("gl", "Prechelt's generalisation loss 100·(E_va/min E_va − 1), E_va being the present level of the validation curve and min its best level."),
        new("gap", "Present level of validation above that of training, as a share of where the two began (the higher start; for accuracies, of all there is); below zero where validation is better."),
        new("gap_best", "The same at the step at which validation was best."),
        new("gap_growth", "gap − gap_best: how far the two have drawn apart since."),
        new("gap_ratio", "Present level of validation over that of training."),
        new("train_since", "How far training has come down since validation was best, as a share of its start."),
        new("since_share", "Share of all steps since validation was best."),
        new("val_rise", "Present level of validation above its best, as a share of where the two began."),
    ];
}
