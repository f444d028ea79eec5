namespace Dashboard.Contracts;

/// <summary>Spec of a <see cref="JobKinds.Saliency"/> job.</summary>
public sealed record SaliencySpec
{
    /// <summary>A TorchScript module.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A batch.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>Numbers of samples of the batch, from 0; the first 8 where absent.</summary>
    public IReadOnlyList<int>? Samples { get; init; }
    /// <summary>The output that is differentiated, from 0; null for the largest of each sample.</summary>
    public int? Target { get; init; }
    /// <summary>Noisy copies of each sample whose maps are averaged [SmoothGrad, Smilkov et al. 2017]; none where absent.</summary>
    public int? Smooth { get; init; }
    /// <summary>Standard deviation of that noise as a share of the sample's range; 0.15 where absent.</summary>
    public double? Noise { get; init; }
    /// <summary>Draws the noise; 0 where absent.</summary>
    public ulong? Seed { get; init; }
    /// <summary>A checkpoint whose weights are taken in place of the model's own.</summary>
    public ArtifactReference? Center { get; init; }
    /// <summary>Samples that go through the module at once; 256 where absent.</summary>
    public int? BatchSize { get; init; }
    /// <summary><c>auto</c> (where absent), <c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }
}
