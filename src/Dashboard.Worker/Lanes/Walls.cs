using System.Globalization;

namespace Dashboard.Worker;

/// <summary>
/// The command line of an engine: behind bubblewrap it sees the system's libraries, the runtime, this program, the bridge and its inputs, all read-only, and neither a network
/// nor anything else of the machine; prlimit bounds its memory and forbids it to write files.
/// </summary>
internal sealed class Walls(EngineFiles files, bool up)
{
    /// <summary>Where the inputs are behind the walls.</summary>
    public const string InputsInside = "/inputs";

    /// <summary>What to do where there are none.</summary>
    public const string HowToRaise = "Install bubblewrap (apt-get install bubblewrap) and allow unprivileged user namespaces, or say --no-walls where every model is your own.";

    // Threads and processes count alike: a core has a few.
    private const int MostThreads = 1024;
    private const int MostOpenFiles = 1024;

    // What libtorch and the runtime take before anything is computed; the managed heap has the rest.
    private const long OfLibraries = 448L << 20;
    private const long LeastHeap = 64L << 20;

    /// <summary>Whether models run behind walls.</summary>
    public bool Up => up;

    /// <summary>Where an engine finds its inputs.</summary>
    public string InputsSeen(EngineStart start) => up ? InputsInside : start.Inputs;

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command(EngineStart start) => up ? [.. Bubblewrap(start), .. Limits(start), .. files.Command] : [.. Limits(start), .. files.Command];

    /// <summary>The engine's whole environment.</summary>
    public IReadOnlyDictionary<string, string> Environment(EngineStart start)
    {
        var variables = new Dictionary<string, string>
        {
            // Mapping code twice would need a file, and prlimit forbids files.
            ["DOTNET_EnableWriteXorExecute"] = "0",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_ROOT"] = files.DotnetRoot,
            ["LANG"] = "C.UTF-8",
            ["PATH"] = "/usr/bin:/bin",
            ["HOME"] = "/tmp",
            // A worker of the grid is one thread; libraries must not add their own.
            ["OMP_NUM_THREADS"] = "1",
            ["OPENBLAS_NUM_THREADS"] = "1",
            ["MKL_NUM_THREADS"] = "1",
        };
        // Without it what waits to be collected may pass the limit, which only the kernel knows.
        if (start.MemoryBytes > 0) variables["DOTNET_GCHeapHardLimit"] = "0x" + Math.Max(LeastHeap, start.MemoryBytes - OfLibraries).ToString("x", CultureInfo.InvariantCulture);
        if (files.Bridge is not null) variables[Torch.TorchOptions.BridgeVariable] = files.Bridge;
        if (start.Gpu is null) variables["CUDA_VISIBLE_DEVICES"] = "";
        else if (start.Gpu >= 0) variables["CUDA_VISIBLE_DEVICES"] = start.Gpu.Value.ToString(CultureInfo.InvariantCulture);
        // A GPU's driver may lie where only this says.
        if (System.Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") is { Length: > 0 } libraries) variables["LD_LIBRARY_PATH"] = libraries;
        return variables;
    }

    /// <summary>Why walls cannot be raised here; null where they can.</summary>
    public static async Task<string?> WhyNotAsync(StarterThread starter, EngineFiles files, string scratch, CancellationToken cancellation)
    {
        var inside = new Walls(files, up: true).Bubblewrap(new EngineStart(scratch, null, 0));
        var tried = await CommandRun.RunAsync(starter, inside[0], [.. inside.Skip(1), "/usr/bin/true"], cancellation);
        return tried switch
        {
            null => "bubblewrap is not installed.",
            (0, _, _) => null,
            var (code, _, errors) => $"bubblewrap does not work here: {(errors.Trim() is { Length: > 0 } said ? said : $"exit code {code}")}.",
        };
    }

    private List<string> Bubblewrap(EngineStart start)
    {
        List<string> command =
        [
            "bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--uid", "65534", "--gid", "65534", "--hostname", "engine", "--cap-drop", "ALL",
            "--ro-bind", "/usr", "/usr",
        ];
        foreach (var folder in (string[])["/lib", "/lib32", "/lib64", "/bin", "/sbin"])
        {
            // Links on a merged system, folders on an older one.
            if (new DirectoryInfo(folder).LinkTarget is { } target) command.AddRange(["--symlink", target, folder]);
            else if (Directory.Exists(folder)) Show(folder);
        }
        // Debian chooses its BLAS by links in alternatives.
        foreach (var path in (string[])["/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"]) command.AddRange(["--ro-bind-try", path, path]);
        // Before what is shown, which may lie in it.
        command.AddRange(["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]);
        Show(files.DotnetRoot);
        Show(Path.GetDirectoryName(files.Program)!);
        if (files.Bridge is not null) Show(Path.GetDirectoryName(files.Bridge)!);
        foreach (var folder in files.LibraryFolders) Show(folder);
        command.AddRange(["--ro-bind", start.Inputs, InputsInside, "--chdir", "/tmp"]);
        if (start.Gpu is not null)
        {
            foreach (var device in Directory.GetFileSystemEntries("/dev", "nvidia*")) command.AddRange(["--dev-bind", device, device]);
            command.AddRange(["--ro-bind-try", "/sys", "/sys"]);
        }
        command.Add("--clearenv");
        foreach (var (name, value) in Environment(start)) command.AddRange(["--setenv", name, value]);
        command.Add("--");
        return command;

        void Show(string folder)
        {
            if (!folder.StartsWith("/usr/", StringComparison.Ordinal)) command.AddRange(["--ro-bind", folder, folder]);
        }
    }

    private List<string> Limits(EngineStart start)
    {
        // People and their training come first.
        List<string> command = ["nice", "-n", "10", "prlimit", "--fsize=0", "--core=0", $"--nofile={MostOpenFiles}"];
        if (start.MemoryBytes > 0) command.Add($"--data={start.MemoryBytes.ToString(CultureInfo.InvariantCulture)}");
        // Without walls the limit would count all processes of this user.
        if (up) command.Add($"--nproc={MostThreads}");
        return command;
    }
}
