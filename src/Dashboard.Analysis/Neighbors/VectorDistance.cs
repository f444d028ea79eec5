using System.Numerics;

namespace Dashboard.Analysis;

/// <summary>Distances of float32 vectors, in float64.</summary>
internal static class VectorDistance
{
    /// <summary>Σ(a − b)²: exactly 0 for equal vectors.</summary>
    public static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var at = 0;
        for (; at <= a.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(a[at..]), out var lowA, out var highA);
            Vector.Widen(new Vector<float>(b[at..]), out var lowB, out var highB);
            lowA -= lowB;
            highA -= highB;
            even += lowA * lowA;
            odd += highA * highA;
        }
        var sum = Vector.Sum(even + odd);
        for (; at < a.Length; at++) sum += ((double)a[at] - b[at]) * ((double)a[at] - b[at]);
        return sum;
    }

    /// <summary>Σab.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var at = 0;
        for (; at <= a.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(a[at..]), out var lowA, out var highA);
            Vector.Widen(new Vector<float>(b[at..]), out var lowB, out var highB);
            even += lowA * lowB;
            odd += highA * highB;
        }
        var sum = Vector.Sum(even + odd);
        for (; at < a.Length; at++) sum += (double)a[at] * b[at];
        return sum;
    }
}
