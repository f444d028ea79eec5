using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>The worker on the server's own machine: a process that is started when the server listens, started again when it dies, and stopped with the server.</summary>
internal sealed partial class LocalWorker(
    IServer server, IHostApplicationLifetime lifetime, IOptions<WorkerOptions> options, CallerReader callers, LocalWorkerKey key, TimeProvider clock, ILogger<LocalWorker> logger) : BackgroundService, IHostedLifecycleService
{
    private const string FileName = "Dashboard.Worker.dll";
    private const int Terminate = 15;
    private const string Niceness = "10";
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    // One that ran this long was not failing at its start.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(6);
    private readonly CancellationTokenSource _stop = new();
    private string? _lastLine;

    /// <summary><c>starting</c>, <c>running</c>, <c>off</c> or <c>failed</c>.</summary>
    public string State { get; private set; } = options.Value.Local ? "starting" : "off";

    /// <summary>Why it does not run; null otherwise.</summary>
    public string? Problem { get; private set; }

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops the worker while the server still answers: it gives its job back, and what it computed is kept.</summary>
    async Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _stop.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Local)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _stop.Token);
        try
        {
            await RunAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        await ListeningAsync(cancellation);
        if (FindProgram() is not { } program)
        {
            (State, Problem) = ("failed", "The worker's program is not there. Build it with: dotnet build src/Dashboard.Worker -c Release, then start the server again.");
            Missing();
            return;
        }
        await KeepAsync(program, cancellation);
    }

    private async Task ListeningAsync(CancellationToken cancellation)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(cancellation);
    }

    private async Task KeepAsync(string program, CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (true)
        {
            var began = clock.GetTimestamp();
            var code = await RunAsync(program, cancellation);
            if (clock.GetElapsedTime(began) > Settled)
                pause = FirstPause;
            State = "failed";
            Problem = $"The worker ended with exit code {code.ToString(CultureInfo.InvariantCulture)} and is started again. It said last: {_lastLine ?? "nothing"}";
            Ended(code, pause.TotalSeconds);
            await Task.Delay(pause, clock, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<int> RunAsync(string program, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Command(program) };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _lastLine = null;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (State, Problem) = ("running", null);
        Started(process.Id);
        try
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            throw;
        }
    }

    private async Task StopAsync(Process process)
    {
        State = "off";
        _ = Kill(process.Id, Terminate);
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTime, clock);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private void Heard(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        _lastLine = line.Length > 2000 ? line[..2000] : line;
        Said(_lastLine);
    }

    private ProcessStartInfo Command(string program)
    {
        var isLibrary = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        // Behind whatever else this machine does: requests, and most likely a training job. `nice` becomes the program, so the process stays the same.
        var start = new ProcessStartInfo("nice") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-n", Niceness, isLibrary ? Runtime() : program })
            start.ArgumentList.Add(argument);
        if (isLibrary)
            start.ArgumentList.Add(program);
        foreach (var argument in new[] { "--server", Address(), "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        if (options.Value.Cores > 0)
        {
            start.ArgumentList.Add("--cores");
            start.ArgumentList.Add(options.Value.Cores.ToString(CultureInfo.InvariantCulture));
        }
        // What configures this server, its secrets first, is no business of the worker's.
        foreach (var name in start.Environment.Keys.Where(IsOfServer).ToList())
            start.Environment.Remove(name);
        // Not on the command line, which every user of the machine can read.
        // Without accounts nobody asks for one, and a worker with a key, which serves others, runs no model without walls.
        if (callers.Mode == AccessMode.Accounts)
            start.Environment[LocalWorkerKey.Variable] = key.Secret;
        return start;
    }

    private static bool IsOfServer(string variable) =>
        variable.Contains("__", StringComparison.Ordinal)
        || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || variable.Equals(AccessOptions.OwnerKeyVariable, StringComparison.OrdinalIgnoreCase)
        || variable.Equals("LOSSBOARD_API_KEY", StringComparison.OrdinalIgnoreCase);

    private string Address()
    {
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new UriBuilder(BindingAddress.Parse(address).ToString()) { Host = "127.0.0.1" }.Uri.ToString();
    }

    // The very runtime that runs this server, where it was started as `dotnet Dashboard.Server.dll`.
    private static string Runtime() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Beside the server once published; in the checkout that the server was built in.</summary>
    private string? FindProgram()
    {
        if (options.Value.Program is { } named)
            return Path.GetFullPath(named);
        var places = new List<string> { Path.Combine(AppContext.BaseDirectory, "worker", FileName) };
        // …/src/Dashboard.Server/bin/CONFIGURATION/FRAMEWORK
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = framework; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
                places.Add(Path.Combine(folder.FullName, "src", "Dashboard.Worker", "bin", framework.Parent!.Name, framework.Name, FileName));
        }
        return places.FirstOrDefault(File.Exists);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LoggerMessage(2020, LogLevel.Information, "The local worker runs as process {ProcessId}.")]
    private partial void Started(int processId);

    [LoggerMessage(2021, LogLevel.Warning, "The local worker ended with exit code {Code}; it is started again in {Seconds} s.")]
    private partial void Ended(int code, double seconds);

    [LoggerMessage(2022, LogLevel.Warning, "There is no local worker: its program is missing. Landscapes and curvature need a worker.")]
    private partial void Missing();

    [LoggerMessage(2023, LogLevel.Information, "Worker: {Line}")]
    private partial void Said(string line);
}
