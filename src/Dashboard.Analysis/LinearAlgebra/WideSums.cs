using System.Numerics;

namespace Dashboard.Analysis;

/// <summary>Adds float32 numbers up in float64.</summary>
internal static class WideSums
{
    /// <summary>sums += values.</summary>
    public static void Add(ReadOnlySpan<float> values, Span<double> sums)
    {
        var at = 0;
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var second = at + Vector<double>.Count;
            Vector.Widen(new Vector<float>(values[at..]), out var low, out var high);
            (new Vector<double>(sums[at..]) + low).CopyTo(sums[at..]);
            (new Vector<double>(sums[second..]) + high).CopyTo(sums[second..]);
        }
        for (; at < values.Length; at++) sums[at] += values[at];
    }

    /// <summary>sums += (values − mean)².</summary>
    public static void AddSquares(ReadOnlySpan<float> values, ReadOnlySpan<double> mean, Span<double> sums)
    {
        var at = 0;
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var second = at + Vector<double>.Count;
            Vector.Widen(new Vector<float>(values[at..]), out var low, out var high);
            low -= new Vector<double>(mean[at..]);
            high -= new Vector<double>(mean[second..]);
            (new Vector<double>(sums[at..]) + low * low).CopyTo(sums[at..]);
            (new Vector<double>(sums[second..]) + high * high).CopyTo(sums[second..]);
        }
        for (; at < values.Length; at++) sums[at] += (values[at] - mean[at]) * (values[at] - mean[at]);
    }
}
