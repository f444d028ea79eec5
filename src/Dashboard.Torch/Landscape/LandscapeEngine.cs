namespace Dashboard.Torch;

/// <summary>Computes landscapes, tile by tile, on several threads.</summary>
public static class LandscapeEngine
{
    /// <summary>Computes every tile that is not done yet. Blocks until all are there.</summary>
    /// <param name="plan">What is computed.</param>
    /// <param name="progress">Hears of points and finished tiles, on the workers' threads, one call at a time.</param>
    /// <param name="cancellation">Stops it before the next micro-batch; tiles that were reported stay valid.</param>
    /// <exception cref="TorchException">What does not fit, or failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LandscapeResult Compute(LandscapePlan plan, IProgress<LandscapeProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var began = plan.Time.GetTimestamp();
        using var plane = plan.Model.CreatePlane(plan.Plane);
        using var run = new LandscapeRun(plan, plane, progress, cancellation);
        var center = run.ComputeCenter();
        run.ComputeTiles();
        return new LandscapeResult(center, run.TilesComputed, run.BatchSize, run.Workers, plan.Time.GetElapsedTime(began)) { Factored = plane.Factored };
    }

    /// <summary>How far the loss rises above the straight line between two points: max over a in [0, 1] of L(a) − ((1 − a)·L(0) + a·L(1)). Zero or more.</summary>
    /// <param name="at">Coordinates.</param>
    /// <param name="loss">Losses there.</param>
    /// <param name="start">L(0).</param>
    /// <param name="end">L(1).</param>
    /// <returns>NaN where a loss between the ends is NaN.</returns>
    public static double Barrier(ReadOnlySpan<double> at, ReadOnlySpan<double> loss, double start, double end)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(at.Length, loss.Length);
        double barrier = 0;
        for (var i = 0; i < at.Length; i++)
        {
            if (at[i] is >= 0 and <= 1) barrier = Math.Max(barrier, loss[i] - ((1 - at[i]) * start + at[i] * end));
        }
        return barrier;
    }
}
