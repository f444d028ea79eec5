namespace Dashboard.Torch;

/// <summary>Where the bridge to libtorch is.</summary>
public sealed record TorchOptions
{
    /// <summary>Environment variable with the path of the bridge, for where it lies in none of the usual places.</summary>
    public const string BridgeVariable = "LOSSBOARD_TORCH_BRIDGE";

    /// <summary>Path of <c>liblossboard_torch.so</c>; null looks into the environment variable, beside the program, and into <c>artifacts/native</c> of the folders above it.</summary>
    public string? BridgePath { get; init; }
}
