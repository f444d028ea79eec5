using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>When what was missing is to be looked for again: after half a minute, or when a bridge that was missing has just been built.</summary>
internal sealed class Looking(TimeProvider time)
{
    // What is missing may be installed at any time; each look starts a process.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    private readonly bool _had = HasBridge();
    private readonly long _began = time.GetTimestamp();
    private bool _seen;

    /// <summary>Whether it is time. Asked every few seconds.</summary>
    public bool Due()
    {
        // Seen twice, because the linker writes for a moment.
        if (_seen || time.GetElapsedTime(_began) >= Between) return true;
        _seen = !_had && HasBridge();
        return false;
    }

    /// <summary>Waits until it is.</summary>
    public static async Task WaitAsync(TimeProvider time, CancellationToken cancellation)
    {
        var looking = new Looking(time);
        while (!looking.Due()) await Task.Delay(Step, time, cancellation);
    }

    private static bool HasBridge()
    {
        try
        {
            TorchRuntime.FindBridge();
            return true;
        }
        catch (TorchMissingException)
        {
            return false;
        }
    }
}
