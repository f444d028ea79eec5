namespace Dashboard.Analysis;

/// <summary>What a t-SNE is asked for.</summary>
public sealed record TsneOptions
{
    /// <summary>How many neighbours count for each vector, smoothly: 1 to below a third of the vectors.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>All iterations, the early ones among them.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>Iterations with exaggerated attraction.</summary>
    public int EarlyIterations { get; init; } = 250;

    /// <summary>By what the attraction is multiplied in them.</summary>
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>Length of a step against the gradient taken without its factor 4; null for vectors over exaggeration, in each phase [Belkina et al. 2019].</summary>
    public double? LearningRate { get; init; }

    /// <summary>How the repulsion is summed.</summary>
    public TsneRepulsion Repulsion { get; init; }

    internal void Validate()
    {
        if (!double.IsFinite(Perplexity) || Perplexity < 1) throw new VectorException($"perplexity is {Perplexity}: a number from 1 on is needed, usually 5 to 50.");
        if (Iterations < 0) throw new VectorException($"iterations is {Iterations}: at least 0 is needed.");
        if (EarlyIterations < 0) throw new VectorException($"early iterations is {EarlyIterations}: at least 0 is needed.");
        if (!double.IsFinite(EarlyExaggeration) || EarlyExaggeration < 1) throw new VectorException($"early exaggeration is {EarlyExaggeration}: a number from 1 on is needed, usually 12.");
        if (LearningRate is { } rate && !(rate > 0 && double.IsFinite(rate))) throw new VectorException($"learning rate is {rate}: a number above 0 is needed, or none.");
    }
}
