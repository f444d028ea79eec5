namespace Dashboard.Benchmarks;

/// <summary>Percentiles of measured times, nearest rank.</summary>
internal sealed class Percentiles
{
    private readonly double[] _sorted;

    public Percentiles(IEnumerable<double> values) => _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double At(double percent) => _sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    /// <summary>The middle, the tail and the worst, in milliseconds.</summary>
    public override string ToString() => $"p50 {Figure.Text(At(50))}, p95 {Figure.Text(At(95))}, p99 {Figure.Text(At(99))}, worst {Figure.Text(At(100))} ms, n = {Count}";
}
