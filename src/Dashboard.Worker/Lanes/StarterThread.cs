using System.Collections.Concurrent;
using System.Diagnostics;

namespace Dashboard.Worker;

/// <summary>
/// Starts processes on one thread that lives as long as the worker. "Die with the parent" means to Linux: with the thread that started it; a thread of the pool ends when it has
/// been idle, and would take engines with it.
/// </summary>
internal sealed class StarterThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public StarterThread() => new Thread(Loop) { IsBackground = true, Name = "engine starter" }.Start();

    /// <summary>Starts a process.</summary>
    public async Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
#pragma warning disable CA1031 // Whoever asked hears of it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                started.SetException(e);
            }
        });
        return await started.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Loop()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }
}
