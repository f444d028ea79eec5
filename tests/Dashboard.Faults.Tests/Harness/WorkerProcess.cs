using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Faults.Tests;

/// <summary>A real worker, with real engines, as a process of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Starts a worker that asks <paramref name="server"/> for jobs.</summary>
    public static WorkerProcess Start(Uri server, string name, string scratch)
    {
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet",
            [BuiltFiles.Worker, "--server", server.AbsoluteUri, "--name", name, "--scratch", scratch, "--device", "cpu", "--cores", "1", "--memory", "1073741824", "--parent", own])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var process = Process.Start(start)!;
        // Nobody reads it, and a full pipe must not stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WorkerProcess(process);
    }

    /// <summary>It gets no turn any more, as where a machine has fallen asleep, and nobody is told.</summary>
    public void Hang() => Signal("STOP", _process.Id);

    public void WakeUp() => Signal("CONT", _process.Id);

    /// <summary>Ends the worker with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends its engines with SIGSEGV, as a model does that makes its process crash.</summary>
    public void CrashEngines() => SignalEngines("SEGV");

    public async ValueTask DisposeAsync()
    {
        SignalEngines("KILL");
        await KillAsync();
        _process.Dispose();
    }

    private void SignalEngines(string name)
    {
        foreach (var id in Below(_process.Id))
            Signal(name, id);
    }

    private static List<int> Below(int process)
    {
        var parents = new List<(int Id, int Parent)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                // The name in brackets may hold anything, brackets included.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                parents.Add((id, int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)));
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }
        var below = new List<int>();
        var found = new Queue<int>([process]);
        while (found.TryDequeue(out var parent))
        {
            foreach (var (id, _) in parents.Where(one => one.Parent == parent))
            {
                below.Add(id);
                found.Enqueue(id);
            }
        }
        return below;
    }

    private static void Signal(string name, int process)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }
}
