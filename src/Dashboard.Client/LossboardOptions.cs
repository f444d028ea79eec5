using System.Text.Json;

namespace Dashboard.Client;

/// <summary>Where a run goes and how much its client may hold. Only <see cref="Server"/>, <see cref="Project"/> and <see cref="Run"/> must be given.</summary>
public sealed record LossboardOptions
{
    /// <summary>Address of the server, for example <c>http://localhost:6006</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>Project name, 1–512 UTF-8 bytes without control characters; created when first named.</summary>
    public required string Project { get; init; }

    /// <summary>Run name within the project, under the same rule; may hold <c>/</c>.</summary>
    public required string Run { get; init; }

    /// <summary>Key sent as <c>Authorization: Bearer</c>, or null for a server without login.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Anything that serialises to a JSON object, or null.</summary>
    public object? Config { get; init; }

    /// <summary>Group of runs that belong together, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Name or id of the run this one came from, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>Labels, or null to leave those of an existing run as they are.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Free text, or null.</summary>
    public string? Notes { get; init; }

    /// <summary>Folder for what could not be sent yet; one may serve many runs and processes. Must be on a local disk.</summary>
    public string SpoolFolder { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "lossboard", "dotnet-spool");

    /// <summary>Events that may wait in memory to be batched (40 bytes each, allocated once).
    /// At 64 k a burst of a million points a second has 60 ms before the background loop must have looked.</summary>
    public int QueueCapacity { get; init; } = 65_536;

    /// <summary>Bytes of histograms, texts and the like that may wait beside the scalars.</summary>
    public long QueueBytes { get; init; } = 64L << 20;

    /// <summary>Scalars in one request at most; a request's body stays far below the server's limit.</summary>
    public int BatchPoints { get; init; } = 5_000;

    /// <summary>Bytes of other events in one request at most, unless a single one is larger.</summary>
    public int BatchBytes { get; init; } = 4 << 20;

    /// <summary>Longest time an event waits for others to share a request with. A process that is killed loses at most this much.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes of encoded requests held in memory; more go to the spool.</summary>
    public long MemoryBytes { get; init; } = 32L << 20;

    /// <summary>Bytes this process may leave in the spool; beyond it new events are dropped, counted and reported.</summary>
    public long SpoolBytes { get; init; } = 16L << 30;

    /// <summary>Time one request may take before it is tried again; artifacts get ten times as long.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause after a failure; doubled for each further one.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause between two tries, unless the server asks for a longer one.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="LossboardRun.FinishAsync"/> waits for the server before it leaves the rest in the spool.</summary>
    public TimeSpan FinishTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Logs the machine's load (processor, memory, disks, graphics processors) as <c>system/…</c>; false leaves it out.</summary>
    public bool SystemMetrics { get; init; } = true;

    /// <summary>Time between two looks at the machine: a few files in <c>/proc</c>, well below a millisecond.</summary>
    public TimeSpan SystemInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Called with everything worth knowing, from background threads. Null writes warnings and errors to standard error.</summary>
    public Action<LossboardNotice>? Notices { get; init; }

    /// <summary>Clock of wall times, pauses and timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Sends the requests; null for a handler of the client's own. One that is given is not disposed.</summary>
    public HttpMessageHandler? MessageHandler { get; init; }

    /// <summary>Where Linux tells of the machine.</summary>
    internal string ProcFolder { get; init; } = "/proc";

    /// <summary>Source of the jitter in pauses, 0 to 1.</summary>
    internal Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>The configuration as a JSON object, or null.</summary>
    /// <exception cref="ArgumentException">It serialises to something else, or not at all.</exception>
    internal JsonElement? ConfigElement()
    {
        if (Config is null)
            return null;
        JsonElement element;
        try
        {
            element = JsonSerializer.SerializeToElement(Config, Json.Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new ArgumentException($"Config cannot be written as JSON: {e.Message}", nameof(Config), e);
        }

        return element.ValueKind == JsonValueKind.Object
            ? element
            : throw new ArgumentException("Config must serialise to a JSON object; give a dictionary or an object with properties.", nameof(Config));
    }

    /// <summary>Checks every option and names all that are wrong.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        var wrong = new List<string>();
        if (Server is null || !Server.IsAbsoluteUri || Server.Scheme is not ("http" or "https"))
            wrong.Add("Server must be an absolute http or https address");
        if (Names.Problem(Project) is { } project)
            wrong.Add($"Project {project}");
        if (Names.Problem(Run) is { } run)
            wrong.Add($"Run {run}");
        if (string.IsNullOrEmpty(SpoolFolder))
            wrong.Add("SpoolFolder must name a folder");
        if (QueueCapacity < 16)
            wrong.Add("QueueCapacity must be at least 16");
        if (BatchPoints < 1 || BatchPoints > QueueCapacity)
            wrong.Add("BatchPoints must lie between 1 and QueueCapacity");
        if (QueueBytes < 1 || BatchBytes < 1 || MemoryBytes < 1 || SpoolBytes < 0)
            wrong.Add("QueueBytes, BatchBytes and MemoryBytes must be positive, SpoolBytes not negative");
        if (FlushInterval <= TimeSpan.Zero || RequestTimeout <= TimeSpan.Zero || FirstBackoff <= TimeSpan.Zero || FinishTimeout < TimeSpan.Zero)
            wrong.Add("FlushInterval, RequestTimeout and FirstBackoff must be positive, FinishTimeout not negative");
        if (SystemInterval < TimeSpan.FromSeconds(1))
            wrong.Add("SystemInterval must be a second at least");
        if (LongestBackoff < FirstBackoff)
            wrong.Add("LongestBackoff must not be shorter than FirstBackoff");
        if (wrong.Count > 0)
            throw new ArgumentException(string.Join("; ", wrong) + ".");
    }
}
