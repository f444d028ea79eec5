namespace Dashboard.Torch;

/// <summary>The door to libtorch.</summary>
public static class TorchRuntime
{
    /// <summary>Loads libtorch and the bridge to it; further calls give the same library.</summary>
    /// <exception cref="TorchMissingException">One of them is missing; the message says where was looked and what to install.</exception>
    public static ITorchRuntime Load(TorchOptions? options = null)
    {
        BridgeLocator.Load(options ?? new TorchOptions());
        return new NativeTorchRuntime();
    }
}
