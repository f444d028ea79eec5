namespace Dashboard.Analysis;

/// <summary>How long a series remembers.</summary>
public static class Autocorrelation
{
    /// <summary>
    /// 1 + 2·Σρₜ, the sum ending where two neighbouring terms first sum to less than zero [Geyer 1992]: so many samples of the series are worth one that is independent. 1 at the least; 1 for a series without variance, or of fewer
    /// than 4 values. Values that are not finite are left out.
    /// </summary>
    public static double IntegratedTime(IReadOnlyList<double> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var values = series.Where(double.IsFinite).ToArray();
        if (values.Length < 4) return 1;
        var mean = values.Average();
        for (var i = 0; i < values.Length; i++) values[i] -= mean;
        var variance = Product(values, 0);
        if (!(variance > 0)) return 1;
        var time = -1.0;
        for (var lag = 0; lag + 1 < values.Length; lag += 2)
        {
            var pair = (Product(values, lag) + Product(values, lag + 1)) / variance;
            if (pair <= 0) break;
            time += 2 * pair;
        }
        return Math.Max(1, time);
    }

    private static double Product(double[] values, int lag) =>
        System.Numerics.Tensors.TensorPrimitives.Dot<double>(values.AsSpan(0, values.Length - lag), values.AsSpan(lag));
}
