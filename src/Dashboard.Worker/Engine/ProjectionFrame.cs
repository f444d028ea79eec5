using System.Runtime.InteropServices;
using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Coordinates on their way, rounded to what a screen shows.</summary>
internal static class ProjectionFrame
{
    private const int Steps = ushort.MaxValue;

    /// <summary>The picture; null while a coordinate is not finite.</summary>
    public static ProjectionFramePart? Of(int iteration, int iterations, VectorTable coordinates)
    {
        var (rows, dims, values) = (coordinates.Rows, coordinates.Columns, coordinates.Values);
        var (low, high) = (new float[dims], new float[dims]);
        low.AsSpan().Fill(float.PositiveInfinity);
        high.AsSpan().Fill(float.NegativeInfinity);
        for (var at = 0; at < values.Length; at++)
        {
            if (!float.IsFinite(values[at])) return null;
            var dim = at % dims;
            low[dim] = Math.Min(low[dim], values[at]);
            high[dim] = Math.Max(high[dim], values[at]);
        }
        var packed = new ushort[rows * dims];
        for (var at = 0; at < packed.Length; at++)
        {
            var dim = at % dims;
            var range = (double)high[dim] - low[dim];
            // All in one place: the lowest step is that place.
            packed[at] = range > 0 ? (ushort)Math.Round(((double)values[at] - low[dim]) / range * Steps) : (ushort)0;
        }
        return new ProjectionFramePart
        {
            Iteration = iteration,
            Iterations = iterations,
            Rows = rows,
            Low = low,
            High = high,
            Packed = Convert.ToBase64String(MemoryMarshal.AsBytes<ushort>(packed)),
        };
    }
}
