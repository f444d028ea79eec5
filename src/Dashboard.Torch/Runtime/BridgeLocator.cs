using System.Runtime.InteropServices;

namespace Dashboard.Torch;

/// <summary>Finds and loads the bridge, once a process: libtorch cannot be unloaded again.</summary>
internal static class BridgeLocator
{
    private const string FileName = "liblossboard_torch.so";
    private const string WhatToInstall =
        "On Debian or Ubuntu: apt-get install --no-install-recommends libtorch-dev libopenblas0-pthread cmake g++, then build/bridge.sh. " +
        "With another libtorch (a pip wheel's folder `torch`, or pytorch.org's archive): TORCH_HOME=FOLDER build/bridge.sh.";

    private static readonly Lock Gate = new();
    private static string? _loadedFrom;
    private static nint _library;

    public static void Load(TorchOptions options)
    {
        lock (Gate)
        {
            if (_library != 0) return;
            var path = Find(Places(options, Environment.GetEnvironmentVariable(TorchOptions.BridgeVariable), AppContext.BaseDirectory));
            _library = Open(path);
            _loadedFrom = path;
            NativeLibrary.SetDllImportResolver(typeof(BridgeLocator).Assembly, static (name, _, _) => name == NativeMethods.Library ? _library : 0);
        }
        var version = NativeMethods.GetAbiVersion();
        if (version != NativeMethods.AbiVersion)
            throw new TorchMissingException($"The bridge {_loadedFrom} is of another version ({version}; {NativeMethods.AbiVersion} is needed). Build it again with build/bridge.sh.");
    }

    public static string Find(IReadOnlyList<string> places) =>
        places.FirstOrDefault(File.Exists) ??
        throw new TorchMissingException($"The bridge to libtorch is missing. Looked for {string.Join(", ", places)}. {WhatToInstall}");

    public static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchMissingException($"The bridge {path} is there and cannot be loaded, most likely because libtorch is missing: {e.Message.Trim()} {WhatToInstall}", e);
        }
    }

    /// <summary>Where the bridge may be, in order. A place that was named is the only one.</summary>
    public static IReadOnlyList<string> Places(TorchOptions options, string? fromEnvironment, string baseFolder)
    {
        if (!string.IsNullOrEmpty(options.BridgePath)) return [Path.GetFullPath(options.BridgePath)];
        if (!string.IsNullOrEmpty(fromEnvironment)) return [Path.GetFullPath(fromEnvironment)];
        var places = new List<string> { Path.Combine(baseFolder, FileName) };
        for (var folder = new DirectoryInfo(baseFolder); folder is not null; folder = folder.Parent)
        {
            // A checkout: what build/bridge.sh writes to.
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln"))) places.Add(Path.Combine(folder.FullName, "artifacts", "native", FileName));
        }
        return places;
    }
}
