namespace Dashboard.Contracts;

/// <summary>Spec of a <see cref="JobKinds.WeightPca"/> job. It needs no model and no libtorch: checkpoints are safetensors.</summary>
public sealed record WeightPcaSpec
{
    /// <summary>The run whose checkpoints are read.</summary>
    public string? RunId { get; init; }
    /// <summary>Their names in the order of the path, two at the least; null for every checkpoint of the run by step. The server fills them in when the job is posted.</summary>
    public IReadOnlyList<string>? Checkpoints { get; init; }
    /// <summary>Ids of the checkpoints' versions, in the same order. The server fills them in when the job is posted.</summary>
    public IReadOnlyList<string>? CheckpointIds { get; init; }
    /// <summary>Coordinates of a checkpoint: 2 (where absent) or 3.</summary>
    public int? Dims { get; init; }
    /// <summary>Clusters to find, 0 for none; null for as many, from 2 to 8, as the silhouette likes best where there are 5 checkpoints or more.</summary>
    public int? Clusters { get; init; }
    /// <summary>Chooses the first centres of clusters; 0 where absent.</summary>
    public ulong? Seed { get; init; }
}
