namespace Dashboard.Contracts;

/// <summary>Loss functions, as PyTorch defines them.</summary>
public static class LossNames
{
    /// <summary>All of them; <c>output</c> is for a module that returns its loss itself, one a sample or one for all.</summary>
    public static readonly IReadOnlyList<string> All = ["cross_entropy", "bce_with_logits", "mse", "l1", "smooth_l1", "hinge", "nll", "output"];
}
