using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Waits before what was missing is looked for again.</summary>
internal static class Looking
{
    // What is missing may be installed at any time; each look starts a process.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    /// <summary>Waits half a minute, or until a bridge that was missing has just been built.</summary>
    public static async Task WaitAsync(TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var had = HasBridge();
        while (time.GetElapsedTime(began) < Between)
        {
            var has = HasBridge();
            await Task.Delay(Step, time, cancellation);
            // A step later, because the linker writes for a moment.
            if (has && !had) return;
        }
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
