namespace Dashboard.Analysis;

/// <summary>What a UMAP embedding is to be like.</summary>
public sealed record UmapOptions
{
    /// <summary>Columns of the coordinates: 2 and 3 are the quick ones.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>How close neighbours may come, in units of the coordinates; from 0 to <see cref="Spread"/>.</summary>
    public double MinDistance { get; init; } = 0.1;

    /// <summary>Over which distance closeness falls off.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>Passes over the graph; null for 500 up to 10,000 vectors and 200 beyond.</summary>
    public int? Epochs { get; init; }

    /// <summary>Vectors that are pushed away for each neighbour that is pulled.</summary>
    public int NegativeSamples { get; init; } = 5;

    /// <summary>The step at the first epoch, from which it falls to zero.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>One seed gives one picture.</summary>
    public ulong Seed { get; init; }

    /// <summary>Epochs for a number of vectors.</summary>
    public int EpochsFor(int rows) => Epochs ?? (rows <= 10_000 ? 500 : 200);

    /// <exception cref="VectorException">An option is out of range.</exception>
    internal void Check()
    {
        if (Dimensions < 1) throw new VectorException($"Dimensions is {Dimensions}: UMAP needs one at least.");
        if (!(Spread > 0) || !double.IsFinite(Spread)) throw new VectorException($"Spread is {Spread}: it must be a number above 0.");
        if (!(MinDistance >= 0 && MinDistance <= Spread)) throw new VectorException($"MinDistance is {MinDistance}: it must lie between 0 and Spread, {Spread}.");
        if (Epochs is < 1 or > 1_000_000) throw new VectorException($"Epochs is {Epochs}: it must lie between 1 and 1,000,000, or be left out.");
        if (NegativeSamples is < 0 or > 100) throw new VectorException($"NegativeSamples is {NegativeSamples}: it must lie between 0 and 100.");
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate)) throw new VectorException($"LearningRate is {LearningRate}: it must be a number above 0.");
    }
}
