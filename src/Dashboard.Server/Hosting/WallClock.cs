namespace Dashboard.Server;

/// <summary>Times as the interface has them.</summary>
internal static class WallClock
{
    /// <summary>Now, in seconds since the Unix epoch, to the millisecond.</summary>
    public static double Seconds(this TimeProvider clock) => clock.GetUtcNow().Seconds();

    /// <summary>A moment, in seconds since the Unix epoch, to the millisecond.</summary>
    public static double Seconds(this DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1000.0;
}
