namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.MonteCarlo"/> job: one entry a sample where nothing else is said.</summary>
public sealed record MonteCarloView
{
    /// <summary>The sampler.</summary>
    public required string Sampler { get; init; }
    /// <summary>Losses; NaN and infinities as they come out.</summary>
    public required IReadOnlyList<double> Losses { get; init; }
    /// <summary>Accuracies; null where the targets are no classes.</summary>
    public IReadOnlyList<double>? Accuracies { get; init; }
    /// <summary>Distance from the centre.</summary>
    public required IReadOnlyList<double> Distances { get; init; }
    /// <summary>Share of each sample under exp(−N·L/T), summing to 1; equal ones for <c>sgld</c>, whose samples are drawn from that already.</summary>
    public required IReadOnlyList<double> Weights { get; init; }
    /// <summary>Mean of the finite losses, every sample counting once.</summary>
    public required double Mean { get; init; }
    /// <summary>s/√n; for <c>sgld</c> with as many independent samples as its autocorrelation leaves.</summary>
    public required double StandardError { get; init; }
    /// <summary>Standard deviation of the finite losses.</summary>
    public required double StandardDeviation { get; init; }
    /// <summary>Mean of the losses under the weights.</summary>
    public required double WeightedMean { get; init; }
    /// <summary>Samples whose loss is not finite; they weigh nothing.</summary>
    public required int NonFinite { get; init; }
    /// <summary>(Σw)²/Σw²; for <c>sgld</c> n over the integrated autocorrelation time.</summary>
    public required double EffectiveSampleSize { get; init; }
    /// <summary><c>sgld</c>: integrated autocorrelation time of the losses, in samples.</summary>
    public double? AutocorrelationTime { get; init; }
    /// <summary><c>sgld</c>: ε that was taken.</summary>
    public double? StepSize { get; init; }
    /// <summary>Two numbers a sample, from the centre.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Coordinates { get; init; }
    /// <summary>What they are measured along: one of <see cref="MonteCarloNames.Projections"/>.</summary>
    public required string Projection { get; init; }
    /// <summary><c>pca</c>: share of the samples' variance along each direction.</summary>
    public IReadOnlyList<double>? ExplainedVariance { get; init; }
    /// <summary>What was fitted to the weighted coordinates; null where <see cref="WhyNoFit"/> says why.</summary>
    public MonteCarloFit? Fit { get; init; }
    /// <summary>Why the samples do not carry a distribution; null where they do.</summary>
    public string? WhyNoFit { get; init; }
    /// <summary>Loss where the sampler began: at the centre; for <c>swag</c> at the mean of the checkpoints.</summary>
    public required double CenterLoss { get; init; }
    /// <summary>Accuracy there.</summary>
    public double? CenterAccuracy { get; init; }
    /// <summary>T.</summary>
    public required double Temperature { get; init; }
    /// <summary>Number of parameters.</summary>
    public required long Parameters { get; init; }
    /// <summary>Samples of the batch: N.</summary>
    public required long BatchSamples { get; init; }
    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took.</summary>
    public double? Seconds { get; init; }
}
