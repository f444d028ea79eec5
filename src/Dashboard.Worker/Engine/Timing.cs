namespace Dashboard.Worker;

/// <summary>Measures what one point, or one product, costs.</summary>
internal static class Timing
{
    // The first runs of a scripted module are watched and compiled by libtorch. What takes longer than this is not run twice for it.
    private const double Long = 0.3;

    /// <summary>Seconds that a call takes when it is warm.</summary>
    public static double Seconds(TimeProvider time, Action call)
    {
        var began = time.GetTimestamp();
        call();
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        for (var again = 0; again < 2 && seconds < Long; again++)
        {
            began = time.GetTimestamp();
            call();
            seconds = time.GetElapsedTime(began).TotalSeconds;
        }
        return seconds;
    }
}
