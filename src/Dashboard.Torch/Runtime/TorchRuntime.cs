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

    /// <summary>Where the bridge is, without loading it: for whoever starts another process that will.</summary>
    /// <exception cref="TorchMissingException">It is in none of the usual places; the message names them and says what to install.</exception>
    public static string FindBridge(TorchOptions? options = null) =>
        BridgeLocator.Find(BridgeLocator.Places(options ?? new TorchOptions(), Environment.GetEnvironmentVariable(TorchOptions.BridgeVariable), AppContext.BaseDirectory));
}
