namespace Dashboard.Analysis;

/// <summary>The features of a whole run, which every scope has.</summary>
internal static class RunVocabulary
{
    public static readonly RuleFeature[] All =
    [
        new("run.ended", "1 where the run is over."),
        new("run.loss_fall", "How far the main training loss has come down, as a share of its start."),
        new("run.loss_points", "Points of that loss."),
        new("run.val_fall", "How far the best level of the main validation loss lies below its start, as a share of it."),
        new("run.accuracy", "Present training accuracy, 0 to 1; validation where training is not logged."),
        new("run.accuracy_start", "Training accuracy at the beginning: high where a run goes on from an earlier one."),
        new("run.classes", "Classes of the labels that were logged."),
        new("run.chance", "ln of that number: the cross-entropy of a model that knows nothing."),
        new("run.layers", "Layers whose gradients are logged."),
        new("run.layer_ratio", "Smallest gradient norm of a layer over the largest."),
        new("run.grad_norm", "Present norm of the whole gradient."),
        new("run.grad_growth", "Present norm of the whole gradient over its early one."),
        new("run.update_ratio", "Present ‖Δw‖/‖w‖ of the whole model, or the median over its layers."),
        new("run.dead_share", "Largest share of dead units of a module, 0 to 1."),
        new("run.learning_rate", "Present learning rate, the largest where several are logged."),
    ];
}
