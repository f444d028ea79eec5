using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Faults.Tests;

/// <summary>
/// The real server as a process of its own on a free port of the loopback address. Every start takes another port: a port that was just given up
/// could be taken by a client's own connection before the server is back.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // A start takes about a second; a machine under load gets sixty.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly ServerLog _log = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private Uri? _address;

    private ServerProcess(string dataFolder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltFiles.Server, "--port", "0", "--data", dataFolder, "--Worker:Local=false", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Nothing of the folder that the tests run in may matter.
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => _log.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _log.Add(line.Data);
        _process.Exited += (_, _) => _log.End();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Relative addresses go to this server once it listens.</summary>
    public HttpClient Http { get; }

    public Uri Address => _address ?? throw new InvalidOperationException("The server does not listen yet.");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Last lines that the process wrote.</summary>
    public string Log => _log.Text;

    /// <summary>From the start of the process until it first said that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Processor time that it had taken by then: what <see cref="ReadyAfter"/> would be on a machine that does nothing else, disks apart.</summary>
    public TimeSpan ReadyCpu { get; private set; }

    /// <summary>Processor time that it has taken so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="dataFolder">Folder of its data.</param>
    /// <param name="settings">Further command line, for example <c>--Storage:UnsealedPoints=20000</c>.</param>
    public static Task<ServerProcess> StartAsync(string dataFolder, params string[] settings) => StartAsync(dataFolder, new Dictionary<string, string>(), settings);

    /// <summary>Starts a server with more in its environment, and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        var server = new ServerProcess(dataFolder, environment, settings);
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server without waiting for anything.</summary>
    public static ServerProcess Launch(string dataFolder, params string[] settings) => new(dataFolder, new Dictionary<string, string>(), settings);

    public async Task WaitUntilListeningAsync()
    {
        _address = await _log.Address.WaitAsync(Deadline);
        Http.BaseAddress ??= _address;
    }

    public async Task WaitUntilReadyAsync()
    {
        await WaitUntilListeningAsync();
        await WaitForAsync(async () => (await ReadyStatusAsync()) == 200, "the server to be ready");
        ReadyAfter = Stopwatch.GetElapsedTime(_started);
        ReadyCpu = Cpu;
    }

    /// <summary>Status of <c>/health/ready</c>.</summary>
    public async Task<int> ReadyStatusAsync()
    {
        using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (int)answer.StatusCode;
    }

    /// <summary>Polls until a condition holds.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> WaitForAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (HasExited || Stopwatch.GetElapsedTime(began) > (limit ?? Deadline))
                throw new TimeoutException($"Waited in vain for {what}; the server {(HasExited ? $"exited with code {_process.ExitCode}" : "runs")}.\n{Log}");
            await Task.Delay(PollInterval);
        }
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>One gauge or counter of <c>/metrics</c>.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var text = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = text.Split('\n').FirstOrDefault(one => one.StartsWith(name + " ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No metric {name} in:\n{text}");
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes of one line of <c>/proc/PID/status</c>: <c>VmRSS</c> or <c>VmHWM</c>, the highest that the former ever was.</summary>
    public long Memory(string field)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(one => one.StartsWith(field + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>Ends the process with SIGKILL: it gets no chance to do anything.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await ExitAsync(Deadline);
    }

    /// <summary>Asks the process to end, with SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The server did not end within {limit.TotalSeconds} s.\n{Log}");
        }
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
        _process.Dispose();
    }
}
