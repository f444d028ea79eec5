namespace Dashboard.Contracts;

/// <summary>Spec of a <see cref="JobKinds.MonteCarlo"/> job.</summary>
public sealed record MonteCarloSpec
{
    /// <summary>A TorchScript module.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A batch.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>One of <see cref="LossNames"/>.</summary>
    public string? Loss { get; init; }
    /// <summary>One of <see cref="MonteCarloNames.Samplers"/>.</summary>
    public string? Sampler { get; init; }
    /// <summary>How many samples; 1,000 where absent.</summary>
    public int? Samples { get; init; }
    /// <summary>
    /// Half the side of the uniform box or the standard deviation of the Gaussian, in the unit of <see cref="Scaling"/>; of <c>swag</c> the factor of the covariance. 0.1 where absent, 0.5 for <c>swag</c> [Maddox et al. 2019]. Not for <c>sgld</c>.
    /// </summary>
    public double? Scale { get; init; }
    /// <summary>Unit of the scale for <c>uniform</c> and <c>gaussian</c>: <c>tensor</c> (where absent: the root mean square of each tensor, of all weights for a tensor of zeros) or <c>absolute</c>.</summary>
    public string? Scaling { get; init; }
    /// <summary>T in the weights exp(−N·L/T), with the batch's N samples and mean loss L; 1 where absent.</summary>
    public double? Temperature { get; init; }
    /// <summary>Chooses the samples; 0 where absent.</summary>
    public ulong? Seed { get; init; }
    /// <summary>The two directions that coordinates are measured along: <c>random</c> (where absent: orthonormal, drawn by the seed) or <c>pca</c> (the samples' own).</summary>
    public string? Projection { get; init; }
    /// <summary>A checkpoint whose weights are taken in place of the model's own.</summary>
    public ArtifactReference? Center { get; init; }
    /// <summary><c>swag</c>: checkpoints of the model's run, three at the least.</summary>
    public IReadOnlyList<string>? Checkpoints { get; init; }
    /// <summary>Ids of the checkpoints' versions, in the same order. The server fills them in when the job is posted.</summary>
    public IReadOnlyList<string>? CheckpointIds { get; init; }
    /// <summary><c>swag</c>: rank of the low-rank part of the covariance: deviations of the last so many checkpoints; 20 where absent.</summary>
    public int? Rank { get; init; }
    /// <summary><c>sgld</c>: ε of a step; null for a tenth of T/(N·λ) with the largest eigenvalue λ of the Hessian at the start.</summary>
    public double? StepSize { get; init; }
    /// <summary><c>sgld</c>: steps before the first sample; 200 where absent.</summary>
    public int? BurnIn { get; init; }
    /// <summary><c>sgld</c>: steps from one sample to the next; 5 where absent.</summary>
    public int? Thinning { get; init; }
    /// <summary>Factor of Σ|θ| in the loss.</summary>
    public double? L1 { get; init; }
    /// <summary>Factor of Σθ² in the loss.</summary>
    public double? L2 { get; init; }
    /// <summary>Samples that go through the module at once; 256 where absent.</summary>
    public int? BatchSize { get; init; }
    /// <summary><c>auto</c> (where absent), <c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }
}
