using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>What an engine computes. Inputs are names of files in <see cref="Folder"/>; null for one that the spec does not name.</summary>
internal sealed record EngineTask
{
    /// <summary>One of <see cref="JobKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>The job's spec.</summary>
    public required JsonElement Spec { get; init; }
    /// <summary>Where the inputs are, as the engine sees it.</summary>
    public required string Folder { get; init; }
    /// <summary>Device as libtorch names it within this engine.</summary>
    public required string Device { get; init; }
    /// <summary>The same as the machine names it: an engine sees one GPU alone.</summary>
    public required string Lane { get; init; }
    /// <summary>Cores to use.</summary>
    public required int Cores { get; init; }
    /// <summary>The module.</summary>
    public string? Model { get; init; }
    /// <summary>The batch.</summary>
    public string? Batch { get; init; }
    /// <summary>The second batch.</summary>
    public string? Validation { get; init; }
    /// <summary>Vectors to project, and coordinates that were computed elsewhere.</summary>
    public string? Vectors { get; init; }
    /// <summary>Number of the first picture on the way: earlier leases have stored some.</summary>
    public int FirstFrame { get; init; }
    /// <summary>What the engine may allocate.</summary>
    public long MemoryBytes { get; init; }
    /// <summary>Weights at the origin; of features, the weights that they are computed with.</summary>
    public string? Center { get; init; }
    /// <summary>The other end of a line.</summary>
    public string? To { get; init; }
    /// <summary>First given direction.</summary>
    public string? X { get; init; }
    /// <summary>Second given direction.</summary>
    public string? Y { get; init; }
    /// <summary>Checkpoints in the order asked for.</summary>
    public IReadOnlyList<EngineCheckpoint> Checkpoints { get; init; } = [];
    /// <summary>The plan that an earlier lease has stored; it is kept to.</summary>
    public LandscapePlanPart? Plan { get; init; }
    /// <summary>Monte Carlo: samples that an earlier lease has stored.</summary>
    public IReadOnlyList<MonteCarloPart> Samples { get; init; } = [];
    /// <summary>Tiles that are stored already, by stage.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Done { get; init; } = new Dictionary<string, IReadOnlyList<int>>();
}
