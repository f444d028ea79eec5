namespace Dashboard.Torch;

/// <summary>What a landscape is computed from.</summary>
public sealed record LandscapePlan
{
    /// <summary>The module. It is cloned for each worker and not moved itself.</summary>
    public required ITorchModel Model { get; init; }

    /// <summary>The samples.</summary>
    public required ITorchBatch Batch { get; init; }

    /// <summary>What is computed.</summary>
    public required Objective Objective { get; init; }

    /// <summary>Where.</summary>
    public required WeightPlane Plane { get; init; }

    /// <summary>At which points.</summary>
    public required LandscapeGrid Grid { get; init; }

    /// <summary>Tiles that are there already and are not computed again.</summary>
    public IReadOnlySet<int> DoneTiles { get; init; } = new HashSet<int>();

    /// <summary>Tiles in the order in which they are begun; null for their numbers' own.</summary>
    public IReadOnlyList<int>? Order { get; init; }

    /// <summary>Threads, one core each. A GPU has one whatever this says.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The clock for <see cref="LandscapeResult.Elapsed"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
