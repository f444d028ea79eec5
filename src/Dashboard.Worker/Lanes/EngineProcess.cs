using System.Diagnostics;
using System.Threading.Channels;

namespace Dashboard.Worker;

/// <summary>An engine from this side: a process for one task.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    // What an engine may be ahead of the worker: behind it its writes wait.
    private const int MostWaiting = 256;

    private readonly Process _process;
    private readonly Channel<EngineMessage> _messages = Channel.CreateBounded<EngineMessage>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });
    private readonly ErrorTail _errors = new();
    private readonly Task _reading;
    private readonly Task _readingErrors;

    private EngineProcess(Process process, EngineStart start, Walls walls)
    {
        (_process, Start, InputsSeen, Walls) = (process, start, walls.InputsSeen(start), walls.Words);
        _reading = ReadAsync();
        _readingErrors = _errors.ReadAsync(process.StandardError.BaseStream);
    }

    /// <summary>What it was started with.</summary>
    public EngineStart Start { get; }

    /// <summary>Where it finds its inputs.</summary>
    public string InputsSeen { get; }

    /// <summary>What keeps it in, for people.</summary>
    public string Walls { get; }

    /// <summary>Process id, of the walls where there are such.</summary>
    public int Id => _process.Id;

    /// <summary>What it says. Completed, with the fault if there was one, when the process is gone or makes no sense.</summary>
    public ChannelReader<EngineMessage> Messages => _messages.Reader;

    /// <summary>What it computes with, once it has said that it is ready; null where it has no libtorch.</summary>
    public EngineRuntime? Runtime { get; private set; }

    /// <summary>Why it has no libtorch; null where it has.</summary>
    public string? Missing { get; private set; }

    /// <summary>Whether it can take a task.</summary>
    public bool Alive => !_process.HasExited && !_messages.Reader.Completion.IsCompleted;

    /// <summary>Starts one. Its inputs' folder is made, and removed with it.</summary>
    public static async Task<EngineProcess> StartAsync(StarterThread starter, Walls walls, EngineStart start)
    {
        Directory.CreateDirectory(start.Inputs);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(start.Inputs, File.GetUnixFileMode(start.Inputs) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var command = walls.Command(start);
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        info.Environment.Clear();
        foreach (var (name, value) in walls.Environment(start)) info.Environment[name] = value;
        return new EngineProcess(await starter.StartAsync(info), start, walls);
    }

    /// <summary>Lets its user, who may be another, read the inputs. Nobody else comes to them: the folder above is the worker's own.</summary>
    public void ShowInputs()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFiles(Start.Inputs)) File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>Waits for its first word.</summary>
    /// <returns>Null when it is ready, otherwise why it is not.</returns>
    public async Task<string?> WhyNotReadyAsync(CancellationToken cancellation)
    {
        try
        {
            var first = await Messages.ReadAsync(cancellation);
            Runtime = first.Type == EngineMessages.Ready ? first.Runtime : null;
            Missing = first.Type == EngineMessages.Missing ? first.Text : null;
            return Runtime is not null || Missing is not null ? null : "The engine said something that makes no sense.";
        }
        catch (ChannelClosedException)
        {
            await EndedAsync(TimeSpan.FromSeconds(2), TimeProvider.System);
            return $"The engine cannot be started: {string.Join(" ", Errors() is { Count: > 0 } lines ? lines : [$"it ended with code {ExitCode}."])}";
        }
    }

    /// <summary>Says something to it; an engine that is gone does not hear it.</summary>
    public async Task SendAsync(EngineMessage message)
    {
        try
        {
            var pipe = _process.StandardInput.BaseStream;
            await pipe.WriteAsync(EngineFrames.Encode(message));
            await pipe.FlushAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The end of its messages says the same.
        }
    }

    /// <summary>Ends it, at once, with everything it may have started.</summary>
    public async Task StopAsync()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It was faster.
        }
        await _process.WaitForExitAsync();
    }

    /// <summary>Exit code, 128 and the signal's number where it was killed; null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>What it printed last.</summary>
    public IReadOnlyList<string> Errors() => _errors.Lines();

    /// <summary>Waits until a process that closed its pipe is gone and all that it printed has been read.</summary>
    public async Task EndedAsync(TimeSpan limit, TimeProvider time)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(), _readingErrors).WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            await StopAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        // Nobody reads any more: what is stuck at a full channel ends.
        _messages.Writer.TryComplete();
        await Task.WhenAll(_reading, _readingErrors);
        _process.Dispose();
        try
        {
            Directory.Delete(Start.Inputs, recursive: true);
        }
        catch (IOException)
        {
            // Swept at the next start.
        }
    }

    private async Task ReadAsync()
    {
        Exception? fault = null;
        try
        {
            while (await EngineFrames.ReadAsync(_process.StandardOutput.BaseStream) is { } message) await _messages.Writer.WriteAsync(message);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ChannelClosedException)
        {
            fault = e as InvalidDataException;
        }
        _messages.Writer.TryComplete(fault);
    }
}
