using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>What became of a start.</summary>
/// <param name="Engine">One that takes a task; null where it cannot run.</param>
/// <param name="Problem">Why not, or what it cannot compute, or what makes it slow or unsafe; null where all is well.</param>
internal sealed record StartedEngine(EngineProcess? Engine, string? Problem)
{
    // What loads no model.
    private static readonly IReadOnlyList<string> Torchless = [JobKinds.Projection, JobKinds.WeightPca];

    /// <summary>Kinds of jobs that it takes.</summary>
    public IReadOnlyList<string> Kinds => Engine is null ? [] : HasTorch ? JobKinds.All : Torchless;

    /// <summary>Whether models can be loaded.</summary>
    public bool HasTorch => Engine?.Runtime is not null;
}
