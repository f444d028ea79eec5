using System.Globalization;

namespace Dashboard.Worker;

/// <summary>Reads options from the command line, and from the environment what is not given there. Every fault is named with its switch.</summary>
internal sealed class WorkerOptionsReader(Func<string, string?> environment)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Usage: Dashboard.Worker --server URL [OPTIONS]

        Computes loss landscapes, curvature and projections for a Lossboard server: asks it for jobs over HTTP and sends the results back.

          --server URL        address of the server                                  LOSSBOARD_URL
          --key KEY           key with the role worker, where the server asks for    LOSSBOARD_WORKER_KEY
                              one. A command line is visible to all users of the     LOSSBOARD_API_KEY
                              machine: prefer the environment, or a file
          --key-file FILE     file that holds the key                                LOSSBOARD_WORKER_KEY_FILE
          --name NAME         name for people (this machine's)                       LOSSBOARD_WORKER_NAME
          --device WHICH      auto, cpu or cuda (auto: the processor and every GPU)  LOSSBOARD_WORKER_DEVICE
          --cores N           cores for the processor's lane (all)                   LOSSBOARD_WORKER_CORES
          --memory BYTES      memory of one engine; K, M and G may follow            LOSSBOARD_WORKER_MEMORY
                              (three quarters of the machine's, over the lanes)
          --stall-seconds N   a computation that is silent for so long is stopped    LOSSBOARD_WORKER_STALL_SECONDS
                              (600)
          --limit-seconds N   a computation that takes longer is stopped (86400),    LOSSBOARD_WORKER_LIMIT_SECONDS
                              as is one that uses as much processor time a core
          --scratch DIR       folder for inputs, kept between starts                 LOSSBOARD_WORKER_SCRATCH
                              (~/.cache/lossboard-worker)
          --no-walls          run models without bubblewrap, on purpose
          --parent PID        stop when this process is gone
          --help              this text
        """;

    private static readonly string[] Flags = ["--no-walls"];
    private static readonly Dictionary<string, string?> Variables = new()
    {
        ["--server"] = "LOSSBOARD_URL",
        ["--key"] = "LOSSBOARD_WORKER_KEY",
        ["--key-file"] = "LOSSBOARD_WORKER_KEY_FILE",
        ["--name"] = "LOSSBOARD_WORKER_NAME",
        ["--device"] = "LOSSBOARD_WORKER_DEVICE",
        ["--cores"] = "LOSSBOARD_WORKER_CORES",
        ["--memory"] = "LOSSBOARD_WORKER_MEMORY",
        ["--stall-seconds"] = "LOSSBOARD_WORKER_STALL_SECONDS",
        ["--limit-seconds"] = "LOSSBOARD_WORKER_LIMIT_SECONDS",
        ["--scratch"] = "LOSSBOARD_WORKER_SCRATCH",
        ["--parent"] = null,
    };

    private readonly Dictionary<string, string> _given = [];
    private readonly List<string> _failures = [];

    /// <summary>The options, or null and everything that is wrong.</summary>
    public (WorkerOptions? Options, IReadOnlyList<string> Failures) Read(IReadOnlyList<string> args)
    {
        Collect(args);
        var server = Server();
        var options = new WorkerOptions
        {
            Server = server ?? new Uri("http://localhost"),
            Key = Key(),
            KeyIsVisible = _given.ContainsKey("--key"),
            Name = Value("--name") ?? Environment.MachineName,
            Device = Device(),
            Cores = (int)Number("--cores", Environment.ProcessorCount, 1, 4096)!,
            Memory = Memory(),
            Stall = TimeSpan.FromSeconds((double)Number("--stall-seconds", 600, 1, 7 * 86400)!),
            Longest = TimeSpan.FromSeconds((double)Number("--limit-seconds", 86400, 1, 60 * 86400)!),
            Scratch = Path.GetFullPath(Value("--scratch") ?? UsualScratch()),
            Walls = !_given.ContainsKey("--no-walls"),
            Parent = (int?)Number("--parent", null, 1, int.MaxValue),
        };
        if (options.Name.Length > 100) _failures.Add("--name: 100 characters at the most.");
        if (options.Key is { } key && key.Any(character => character is <= ' ' or > '~')) _failures.Add("--key: a key has no spaces and only ASCII characters.");
        return _failures.Count == 0 ? (options, []) : (null, _failures);
    }

    private void Collect(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var first, var second] ? (first, second) : (args[i], null);
            if (Flags.Contains(name) && value is null) _given[name] = "";
            else if (!Variables.ContainsKey(name)) _failures.Add($"{name}: there is no such option. See --help.");
            else if (value is not null) _given[name] = value;
            else if (i + 1 < args.Count) _given[name] = args[++i];
            else _failures.Add($"{name}: a value must follow.");
        }
    }

    private string? Value(string name)
    {
        var value = _given.GetValueOrDefault(name) ?? (Variables[name] is { } variable ? environment(variable) : null);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    // The command line before the environment, and in either the key itself before a file that holds it.
    private string? Key()
    {
        if (_given.ContainsKey("--key-file") && !_given.ContainsKey("--key")) return KeyOfFile();
        return Value("--key") ?? KeyOfFile() ?? (environment("LOSSBOARD_API_KEY") is { } key && !string.IsNullOrWhiteSpace(key) ? key.Trim() : null);
    }

    private string? KeyOfFile()
    {
        // A key has some dozens of characters; this is no way to read other files.
        const int MostBytes = 4096;
        if (Value("--key-file") is not { } path) return null;
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                _failures.Add($"--key-file: {path} has more than {MostBytes} bytes; it should hold the key and nothing else.");
                return null;
            }
            if (File.ReadAllText(path).Trim() is { Length: > 0 } key) return key;
            _failures.Add($"--key-file: {path} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failures.Add($"--key-file: {path} cannot be read: {e.Message}");
        }
        return null;
    }

    private Uri? Server()
    {
        if (Value("--server") is not { } text)
        {
            _failures.Add("--server: the server's address is missing, for instance --server http://localhost:6006.");
            return null;
        }
        if (Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme is "http" or "https") return server;
        _failures.Add($"--server: '{text}' is no http or https address.");
        return null;
    }

    private string Device()
    {
        var device = Value("--device") ?? "auto";
        if (device is not ("auto" or "cpu" or "cuda")) _failures.Add($"--device: '{device}' is none of auto, cpu, cuda.");
        return device;
    }

    private double? Number(string name, double? otherwise, double least, double most)
    {
        if (Value(name) is not { } text) return otherwise;
        if (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        _failures.Add($"{name}: '{text}' is no whole number from {least} to {most}.");
        return otherwise;
    }

    private long? Memory()
    {
        // An engine with libtorch takes some 300 MB before it has computed anything.
        const long Least = 512L << 20;
        if (Value("--memory") is not { } text) return null;
        var unit = "KMG".IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal);
        var digits = unit < 0 ? text : text[..^1];
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes <= long.MaxValue >> 30 && bytes << (10 * (unit + 1)) >= Least)
            return bytes << (10 * (unit + 1));
        _failures.Add($"--memory: '{text}' is no number of bytes from 512M up (K, M and G may follow).");
        return null;
    }

    private string UsualScratch()
    {
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } cache) return Path.Combine(cache, "lossboard-worker");
        if (environment("HOME") is { Length: > 0 } home) return Path.Combine(home, ".cache", "lossboard-worker");
        _failures.Add("--scratch: there is no home folder; name a folder for inputs.");
        return ".";
    }
}
