namespace Dashboard.Client;

/// <summary>What is asked for when the server is to draw weights around a model's and compute the loss of each. Files are the run's own, by name. What is null is left to the server.</summary>
public sealed record LossboardMonteCarlo
{
    /// <summary>The TorchScript module.</summary>
    public string Model { get; init; } = "model.pt";

    /// <summary>The batch.</summary>
    public string Batch { get; init; } = "batch.safetensors";

    /// <summary><c>cross_entropy</c>, <c>bce_with_logits</c>, <c>mse</c>, <c>l1</c>, <c>smooth_l1</c>, <c>hinge</c>, <c>nll</c> or <c>output</c>.</summary>
    public string Loss { get; init; } = "cross_entropy";

    /// <summary><c>gaussian</c>, <c>uniform</c>, <c>sgld</c> or <c>swag</c>.</summary>
    public string Sampler { get; init; } = "gaussian";

    /// <summary>How many samples.</summary>
    public int? Samples { get; init; }

    /// <summary>Standard deviation, half the side of the box, or for <c>swag</c> the factor of the covariance.</summary>
    public double? Scale { get; init; }

    /// <summary>Unit of the scale: <c>tensor</c> or <c>absolute</c>.</summary>
    public string? Scaling { get; init; }

    /// <summary>T in the samples' weights exp(−N·L/T).</summary>
    public double? Temperature { get; init; }

    /// <summary>Chooses the samples.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Directions of the coordinates: <c>random</c> or <c>pca</c>.</summary>
    public string? Projection { get; init; }

    /// <summary>A checkpoint whose weights are taken in place of the model's own.</summary>
    public string? Center { get; init; }

    /// <summary><c>swag</c>: names of checkpoints, three at the least.</summary>
    public IReadOnlyList<string>? Checkpoints { get; init; }

    /// <summary><c>swag</c>: rank of the low-rank part.</summary>
    public int? Rank { get; init; }

    /// <summary><c>sgld</c>: ε of a step.</summary>
    public double? StepSize { get; init; }

    /// <summary><c>sgld</c>: steps before the first sample.</summary>
    public int? BurnIn { get; init; }

    /// <summary><c>sgld</c>: steps from one sample to the next.</summary>
    public int? Thinning { get; init; }

    /// <summary>What the page calls it.</summary>
    public string? Name { get; init; }
}
