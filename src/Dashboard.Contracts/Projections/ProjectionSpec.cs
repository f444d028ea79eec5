namespace Dashboard.Contracts;

/// <summary>What a <see cref="JobKinds.Projection"/> job computes: vectors, one of four ways to name them, and a method.</summary>
public sealed record ProjectionSpec
{
    /// <summary>Vectors that were logged as an embedding.</summary>
    public StepReference? Embedding { get; init; }
    /// <summary>A tensor of a file: safetensors, npy, tsv, or one of a projector folder (<c>projector_config.pbtxt</c>).</summary>
    public TensorReference? Artifact { get; init; }
    /// <summary>Scores that were logged as predictions.</summary>
    public StepReference? Predictions { get; init; }
    /// <summary>What a module inside a model gives out for the samples of a batch.</summary>
    public FeaturesReference? Features { get; init; }
    /// <summary>A tsv, csv or json file with a row for each vector; null for what the vectors' source says itself.</summary>
    public ArtifactReference? Metadata { get; init; }
    /// <summary>Pictures of the samples; null for what the vectors' source says itself.</summary>
    public SpriteReference? Sprite { get; init; }
    /// <summary>One of <see cref="ProjectionMethods"/>.</summary>
    public string? Method { get; init; }
    /// <summary>2 or 3; null for 2.</summary>
    public int? Dims { get; init; }
    /// <summary><c>tsne</c>: effective number of neighbours, below a third of the rows; null for 30, or the largest that works.</summary>
    public double? Perplexity { get; init; }
    /// <summary><c>umap</c>: neighbours of each point, itself included; null for 15.</summary>
    public int? Neighbors { get; init; }
    /// <summary><c>umap</c>: how close points may lie; null for 0.1.</summary>
    public double? MinDist { get; init; }
    /// <summary><c>tsne</c>: iterations, null for 1000; <c>umap</c>: epochs, null for 500 up to 10,000 rows and 200 beyond.</summary>
    public int? Iterations { get; init; }
    /// <summary>One seed gives one picture.</summary>
    public ulong? Seed { get; init; }
    /// <summary>Every column to mean 0 and deviation 1 first.</summary>
    public bool? Standardize { get; init; }
    /// <summary>Principal components to reduce to before neighbours are sought; null for none.</summary>
    public int? PcaFirst { get; init; }
    /// <summary><c>euclidean</c> (also null) or <c>cosine</c>: rows are scaled to length 1 first.</summary>
    public string? Metric { get; init; }
    /// <summary>Also tells for each point which share of its neighbours the picture keeps; null does up to 10,000 rows.</summary>
    public bool? PointQuality { get; init; }
    /// <summary><c>given</c>: the coordinates, 2 or 3 columns, a row for each vector.</summary>
    public TensorReference? Coordinates { get; init; }
    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>; features alone can be computed on a GPU.</summary>
    public string? Device { get; init; }
}
