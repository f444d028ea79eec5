namespace Dashboard.Torch;

/// <summary>Loss functions, as PyTorch defines them, averaged over all samples. The numbers are those of the bridge.</summary>
public enum LossKind
{
    /// <summary>Softmax and negative log-likelihood; targets are class numbers (−100 is passed over) or probabilities.</summary>
    CrossEntropy = 0,

    /// <summary>Binary cross entropy of logits; targets from 0 to 1 in the outputs' shape.</summary>
    BceWithLogits = 1,

    /// <summary>Squared difference, averaged over all outputs.</summary>
    Mse = 2,

    /// <summary>Absolute difference, averaged over all outputs.</summary>
    L1 = 3,

    /// <summary>Huber's with its bend at 1.</summary>
    SmoothL1 = 4,

    /// <summary>max(0, 1 − t·z) for targets −1 and 1; Σ over the other classes of max(0, 1 − z_y + z_j), divided by the classes, for class numbers.</summary>
    Hinge = 5,

    /// <summary>Negative log-likelihood of outputs that are log-probabilities.</summary>
    Nll = 6,

    /// <summary>The module returns its loss itself: one a sample, or one for all samples (which then go through it at once).</summary>
    Output = 7,
}
