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
        if (!double.IsFinite(Perplexity) || Perplexity < 1) throw new VectorException($"The perplexity is {Perplexity}; it must be a number from 1 on, usually 5 to 50.");
        if (Iterations < 0) throw new VectorException($"There are {Iterations} iterations to do; 0 is the least.");
        if (EarlyIterations < 0) throw new VectorException($"There are {EarlyIterations} early iterations to do; 0 is the least.");
        if (!double.IsFinite(EarlyExaggeration) || EarlyExaggeration < 1) throw new VectorException($"The early exaggeration is {EarlyExaggeration}; it must be a number from 1 on, usually 12.");
        if (LearningRate is { } rate && !(rate > 0 && double.IsFinite(rate))) throw new VectorException($"The learning rate is {rate}; it must be above 0, or left out.");
    }
}
