namespace Dashboard.Torch;

/// <summary>What is minimised: mean loss + <c>L1</c>·Σ|θ| + <c>L2</c>·Σθ², over all parameters, biases included.</summary>
/// <param name="Loss">The loss function. With weights the mean is Σ wᵢ·lossᵢ / Σ wᵢ.</param>
/// <param name="L1">Factor of the sum of absolute values.</param>
/// <param name="L2">Factor of the sum of squares.</param>
/// <param name="BatchSize">Samples that go through the module at once; it bounds memory and does not change the result beyond rounding.</param>
public sealed record Objective(LossKind Loss, double L1 = 0, double L2 = 0, int BatchSize = 256)
{
    /// <summary>Which mean and variance BatchNorm layers take.</summary>
    public BatchNormStatistics BatchNorm { get; init; }

    /// <summary>How the points of a landscape are computed; every way gives the same losses beyond rounding.</summary>
    public EvaluationPath Evaluation { get; init; }
}
