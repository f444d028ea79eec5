using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dashboard.Analysis;

/// <summary>
/// exp(−d/σ) for the neighbours of one vector, d how much farther they are than the nearest. Own arithmetic: a library's generic code
/// would first run unoptimised, which here is longer than the whole work takes.
/// </summary>
internal static class Membership
{
    // In 1/σ the sum is convex: Newton's method from the left never goes too far, and doubles the digits each round once it is near.
    private const int MostRounds = 100;
    // What the sum may differ by from what it should be; 1e-5 is the definition.
    private const double Tolerance = 2e-6;

    // Below it a power of two is no normal number.
    private const float Least = -126;

    /// <summary>A length that whole registers fill.</summary>
    public static int Padded(int count) => (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>The σ at which the numbers sum to a target; 0 where none is small enough, because that many are at distance 0.</summary>
    /// <param name="beyond">Distances of 0 and above, with zeros up to a padded length.</param>
    /// <param name="count">Those that are distances.</param>
    /// <param name="target">The sum, <paramref name="count"/> at the most.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Width(ReadOnlySpan<float> beyond, int count, double target)
    {
        var (all, none) = (0.0, 0);
        for (var at = 0; at < count; at++)
        {
            all += beyond[at];
            if (beyond[at] == 0) none++;
        }
        if (none >= target) return 0;
        // The first step, from 1/σ = 0.
        var inverse = (count - target) / all;
        for (var round = 0; round < MostRounds; round++)
        {
            var scale = new Vector<float>(Scale(inverse));
            var (sums, slopes) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var at = 0; at < beyond.Length; at += Vector<float>.Count)
            {
                var distance = new Vector<float>(beyond[at..]);
                var share = PowerOfTwo.Of(Vector.Max(distance * scale, new Vector<float>(Least)));
                sums += share;
                slopes += distance * share;
            }
            var (over, slope) = (Vector.Sum(sums) - (beyond.Length - count) - target, (double)Vector.Sum(slopes));
            if (over < Tolerance || !(slope > 0)) break;
            inverse += over / slope;
        }
        return 1 / inverse;
    }

    /// <summary>exp(−d/σ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Share(ReadOnlySpan<float> beyond, double width, Span<float> share)
    {
        var scale = new Vector<float>(Scale(1 / width));
        for (var at = 0; at < beyond.Length; at += Vector<float>.Count) PowerOfTwo.Of(Vector.Max(new Vector<float>(beyond[at..]) * scale, new Vector<float>(Least))).CopyTo(share[at..]);
    }

    // Everybody at distance 0 belongs wholly whatever the width: 0 · ∞ must not come up.
    private static float Scale(double inverse) => -(float)Math.Min(inverse / Math.Log(2), 1e30);
}
