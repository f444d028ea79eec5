using System.Globalization;

namespace Dashboard.Worker;

/// <summary>
/// The command line of an engine: behind bubblewrap it sees the system's libraries, the runtime, this program, the bridge and its inputs, all read-only, and neither a network
/// nor anything else of the machine; prlimit bounds its memory and its processor time and forbids it to write files. Where the worker is root, setpriv makes it a user without rights.
/// </summary>
internal sealed class Walls(EngineFiles files, WallKind kind)
{
    /// <summary>Where the inputs are behind the walls.</summary>
    public const string InputsInside = "/inputs";

    /// <summary>What to do where there are none.</summary>
    public const string HowToRaise = "Install bubblewrap (apt-get install bubblewrap) and allow unprivileged user namespaces, or say --no-walls where every model is your own.";

    /// <summary>User and group of an engine: nobody's, on Linux everywhere.</summary>
    public const string Nobody = "65534";

    // Between the signal that a module might ignore and the one that it cannot.
    private const long ProcessorGrace = 5;

    // Threads and processes count alike: a core has a few.
    private const int MostThreads = 1024;
    private const int MostOpenFiles = 1024;

    // Of the folder in memory that an engine may write to.
    private const long ScratchBytes = 256L << 20;

    // What libtorch and the runtime take before anything is computed; the managed heap has the rest.
    private const long OfLibraries = 448L << 20;
    private const long LeastHeap = 64L << 20;

    /// <summary>Whether models run behind walls.</summary>
    public bool Up => kind != WallKind.None;

    /// <summary>For people.</summary>
    public string Words => kind switch
    {
        WallKind.OwnUser => $"behind walls, as the user {Nobody} (nobody)",
        WallKind.SameUser => $"behind walls, with the worker's user and none of its rights",
        _ => "without walls",
    };

    /// <summary>Where an engine finds its inputs.</summary>
    public string InputsSeen(EngineStart start) => Up ? InputsInside : start.Inputs;

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command(EngineStart start) => Around(start, files.Command);

    /// <summary>The same around another program.</summary>
    public IReadOnlyList<string> Around(EngineStart start, IReadOnlyList<string> program) => Up ? [.. Bubblewrap(start), .. Rights(), .. Limits(start), .. program] : [.. Rights(), .. Limits(start), .. program];

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

    /// <summary>The strongest walls that can be raised here, and where there are none the reason.</summary>
    public static async Task<(WallKind Kind, string? WhyNone)> StrongestAsync(StarterThread starter, EngineFiles files, string scratch, CancellationToken cancellation)
    {
        var start = new EngineStart(scratch, null, 0, 0);
        // As another user it has to be able to read what it runs from.
        string[] readable = ["/usr/bin/test", "-r", files.Command[0], "-a", "-r", files.Program, "-a", "-r", files.Bridge ?? files.Program];
        if (System.Environment.IsPrivilegedProcess && await TryAsync(WallKind.OwnUser, readable) is (0, _, _)) return (WallKind.OwnUser, null);
        return await TryAsync(WallKind.SameUser, readable) switch
        {
            null => (WallKind.None, "bubblewrap is not installed."),
            (0, _, _) => (WallKind.SameUser, null),
            var (code, _, errors) => (WallKind.None, $"bubblewrap does not work here: {(errors.Trim() is { Length: > 0 } said ? said : $"exit code {code}")}."),
        };

        Task<(int Code, string Output, string Errors)?> TryAsync(WallKind kind, IReadOnlyList<string> program)
        {
            var command = new Walls(files, kind).Around(start, program);
            return CommandRun.RunAsync(starter, command[0], [.. command.Skip(1)], cancellation);
        }
    }

    private List<string> Bubblewrap(EngineStart start)
    {
        var made = new HashSet<string>(StringComparer.Ordinal) { "/tmp", "/dev", "/proc" };
        List<string> command =
        [
            files.Bubblewrap, .. Namespaces(), "--die-with-parent", "--new-session", "--hostname", "engine", "--ro-bind", "/usr", "/usr",
        ];
        foreach (var folder in (string[])["/lib", "/lib32", "/lib64", "/bin", "/sbin"])
        {
            // Links on a merged system, folders on an older one.
            if (new DirectoryInfo(folder).LinkTarget is { } target) command.AddRange(["--symlink", target, folder]);
            else if (Directory.Exists(folder)) Show(folder);
        }
        // Debian chooses its BLAS by links in alternatives.
        command.AddRange(["--dir", "/etc"]);
        foreach (var path in (string[])["/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"]) command.AddRange(["--ro-bind-try", path, path]);
        // Before what is shown, which may lie in it.
        command.AddRange(["--dev", "/dev", "--proc", "/proc", "--perms", "1777", .. Scratch(start)]);
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
            if (folder.StartsWith("/usr/", StringComparison.Ordinal)) return;
            // Bubblewrap makes the folders above for itself alone; one that is made on purpose is everybody's.
            for (var end = folder.IndexOf('/', 1); end > 0; end = folder.IndexOf('/', end + 1))
            {
                if (made.Add(folder[..end])) command.AddRange(["--dir", folder[..end]]);
            }
            command.AddRange(["--ro-bind", folder, folder]);
        }
    }

    // A user's namespace maps one user alone, so whoever is to become another does without: root needs none, and keeps for a moment what changing takes.
    private string[] Namespaces() => kind == WallKind.OwnUser
        ? ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
        : ["--unshare-all", "--unshare-user", "--uid", Nobody, "--gid", Nobody, "--cap-drop", "ALL"];

    // Bubblewrap takes new privileges away by itself.
    private string[] Rights() => kind switch
    {
        WallKind.OwnUser => ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--no-new-privs"],
        WallKind.SameUser => [],
        _ => ["setpriv", "--no-new-privs"],
    };

    // Nothing can be written but beside a GPU, and there no more than this: earlier versions of bubblewrap know no sizes, and are none the worse without a GPU.
    private static string[] Scratch(EngineStart start) =>
        start.Gpu is null ? ["--tmpfs", "/tmp"] : ["--size", ScratchBytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp"];

    // A GPU's libraries compile kernels while they run and need scratch for it; it is in memory, behind the walls alone, and ends with the engine.
    private string Files(EngineStart start) => string.Create(CultureInfo.InvariantCulture, $"--fsize={(start.Gpu is not null && Up ? ScratchBytes : 0)}");

    private List<string> Limits(EngineStart start)
    {
        // People and their training come first.
        List<string> command = ["nice", "-n", "10", "prlimit", Files(start), "--core=0", $"--nofile={MostOpenFiles}"];
        if (start.MemoryBytes > 0) command.Add($"--data={start.MemoryBytes.ToString(CultureInfo.InvariantCulture)}");
        if (start.ProcessorSeconds > 0) command.Add(string.Create(CultureInfo.InvariantCulture, $"--cpu={start.ProcessorSeconds}:{start.ProcessorSeconds + ProcessorGrace}"));
        // Without walls the limit would count all processes of this user.
        if (Up) command.Add($"--nproc={MostThreads}");
        return command;
    }
}
