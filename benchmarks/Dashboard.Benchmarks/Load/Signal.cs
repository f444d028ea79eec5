namespace Dashboard.Benchmarks;

/// <summary>What is logged: a loss that falls under noise, computed in 32 bits as frameworks do, and the times it was logged at.</summary>
internal static class Signal
{
    /// <summary>A loss with 2 % of noise on the falling curve; every bit of the 32-bit mantissa carries noise.</summary>
    public static float Loss(long step, Random random) =>
        (float)(0.05 + 2.3 * Math.Exp(-step / 50_000.0)) * (1 + 0.02f * (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));

    /// <summary>A step every 50 ms, give or take 5, to the millisecond.</summary>
    public static double WallTime(long step, Random random) => (1_790_000_000_000 + step * 50 + random.Next(-5, 6)) / 1000.0;
}
