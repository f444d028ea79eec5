using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>What a computation has to work with.</summary>
internal sealed record EngineContext(ITorchRuntime? Torch, EngineTask Task, IEngineOutput Output, TimeProvider Time, CancellationToken Cancellation)
{
    /// <summary>Why there is no libtorch; null where there is.</summary>
    public string? Missing { get; init; }

    /// <summary>libtorch.</summary>
    /// <exception cref="TorchMissingException">There is none here.</exception>
    public ITorchRuntime Runtime => Torch ?? throw new TorchMissingException(Missing ?? "There is no libtorch.");

    /// <summary>Library and version.</summary>
    public string Engine => EngineName(Runtime.Info);

    /// <summary>Where an input is.</summary>
    public string PathOf(string? file, string field) =>
        Path.Combine(Task.Folder, file ?? throw new TorchInputException($"{field} is missing: it names an artifact."));

    public static string EngineName(TorchRuntimeInfo info) => $"libtorch {info.Version}";
}
