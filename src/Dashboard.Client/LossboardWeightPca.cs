namespace Dashboard.Client;

/// <summary>What is asked for when the server is to lay out a run's checkpoints along their principal directions. What is null is left to the server.</summary>
public sealed record LossboardWeightPca
{
    /// <summary>Names of the checkpoints in the order of the path; null for all by step.</summary>
    public IReadOnlyList<string>? Checkpoints { get; init; }

    /// <summary>2 or 3.</summary>
    public int? Dims { get; init; }

    /// <summary>How many clusters; 0 for none, null for a number that suits.</summary>
    public int? Clusters { get; init; }

    /// <summary>Chooses the first centres of clusters.</summary>
    public ulong? Seed { get; init; }

    /// <summary>What the page calls it.</summary>
    public string? Name { get; init; }
}
