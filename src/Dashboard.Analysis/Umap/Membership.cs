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

    // 2^f from −½ to ½, to 8e-8.
    private const float E0 = 1, E1 = 0.6931469440460205f, E2 = 0.24022120237350464f, E3 = 0.05550713092088699f, E4 = 0.009675540961325169f, E5 = 0.001327647129073739f;
    private const float Least = -126;
    private const float Whole = 12582912;

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
                var share = PowerOfTwo(distance * scale);
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
        for (var at = 0; at < beyond.Length; at += Vector<float>.Count) PowerOfTwo(new Vector<float>(beyond[at..]) * scale).CopyTo(share[at..]);
    }

    // Everybody at distance 0 belongs wholly whatever the width: 0 · ∞ must not come up.
    private static float Scale(double inverse) => -(float)Math.Min(inverse / Math.Log(2), 1e30);

    private static Vector<float> PowerOfTwo(Vector<float> exponent)
    {
        var bounded = Vector.Max(exponent, new Vector<float>(Least));
        var whole = bounded + new Vector<float>(Whole);
        var f = bounded - (whole - new Vector<float>(Whole));
        var power = Vector.FusedMultiplyAdd(f, new Vector<float>(E5), new Vector<float>(E4));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E3));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E2));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E1));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E0));
        return Vector.AsVectorSingle(Vector.AsVectorInt32(power) + Vector.ShiftLeft(Vector.AsVectorInt32(whole), 23));
    }
}
