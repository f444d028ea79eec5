using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>Quintic B-splines on a grid of spacing one: what a point gives to the six grid points around it, and takes from them. Lanes seven and eight are zero.</summary>
/// <remarks>
/// Six rather than the four of cubic ones: on the same grid forces are ten times as exact, for half as much again in spreading and taking, and with four the grid would have to be
/// twice as fine along each side.
/// </remarks>
internal static class SplineWeights
{
    /// <summary>Grid points in a row that a point has to do with.</summary>
    public const int Width = 6;

    /// <summary>Grid points before the point's own that come first.</summary>
    public const int Before = 2;

    /// <summary>Weights of the grid points from −2 to 3 of a point at 0 ≤ t &lt; 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(float t)
    {
        const float unit = 1 / 120f;
        var at = Vector256.Create(t);
        var sum = Vector256.FusedMultiplyAdd(Vector256.Create(-unit, 5 * unit, -10 * unit, 10 * unit, -5 * unit, unit, 0, 0), at, Vector256.Create(5 * unit, -20 * unit, 30 * unit, -20 * unit, 5 * unit, 0, 0, 0));
        sum = Vector256.FusedMultiplyAdd(sum, at, Vector256.Create(-10 * unit, 20 * unit, 0, -20 * unit, 10 * unit, 0, 0, 0));
        sum = Vector256.FusedMultiplyAdd(sum, at, Vector256.Create(10 * unit, 20 * unit, -60 * unit, 20 * unit, 10 * unit, 0, 0, 0));
        sum = Vector256.FusedMultiplyAdd(sum, at, Vector256.Create(-5 * unit, -50 * unit, 0, 50 * unit, 5 * unit, 0, 0, 0));
        return Vector256.FusedMultiplyAdd(sum, at, Vector256.Create(unit, 26 * unit, 66 * unit, 26 * unit, unit, 0, 0, 0));
    }

    /// <summary>Their derivatives by t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Slopes(float t)
    {
        const float unit = 1 / 24f;
        var at = Vector256.Create(t);
        var sum = Vector256.FusedMultiplyAdd(Vector256.Create(-unit, 5 * unit, -10 * unit, 10 * unit, -5 * unit, unit, 0, 0), at, Vector256.Create(4 * unit, -16 * unit, 24 * unit, -16 * unit, 4 * unit, 0, 0, 0));
        sum = Vector256.FusedMultiplyAdd(sum, at, Vector256.Create(-6 * unit, 12 * unit, 0, -12 * unit, 6 * unit, 0, 0, 0));
        sum = Vector256.FusedMultiplyAdd(sum, at, Vector256.Create(4 * unit, 8 * unit, -24 * unit, 8 * unit, 4 * unit, 0, 0, 0));
        return Vector256.FusedMultiplyAdd(sum, at, Vector256.Create(-unit, -10 * unit, 0, 10 * unit, unit, 0, 0, 0));
    }

    /// <summary>
    /// By what waves must be multiplied so that the splines, on both sides of a convolution, take the kernel's very values at grid points: they blur a wave of so many radians
    /// a grid point by (33 + 26 cos + cos of twice that) / 60 each time.
    /// </summary>
    /// <param name="frequencies">All frequencies k of a transform, in any order.</param>
    /// <param name="parts">A wave has (k + offset / parts) / length periods a grid point.</param>
    /// <param name="offset">See there.</param>
    public static float[] Sharpening(int[] frequencies, int parts, int offset) => Array.ConvertAll(frequencies, frequency =>
    {
        var angle = 2 * Math.PI * (frequency + (double)offset / parts) / frequencies.Length;
        return (float)Math.Pow(60 / (33 + 26 * Math.Cos(angle) + Math.Cos(2 * angle)), 2);
    });
}
