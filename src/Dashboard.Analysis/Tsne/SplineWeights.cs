using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>Cubic B-splines on a grid of spacing one: what a point gives to the four grid points around it, and takes from them.</summary>
internal static class SplineWeights
{
    /// <summary>Grid points in a row that a point has to do with.</summary>
    public const int Width = 4;

    /// <summary>Weights of the grid points at −1, 0, 1 and 2 of a point at 0 ≤ t &lt; 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(float t)
    {
        var at = Vector128.Create(t);
        var sum = Vector128.FusedMultiplyAdd(Vector128.Create(-1 / 6f, .5f, -.5f, 1 / 6f), at, Vector128.Create(.5f, -1, .5f, 0));
        sum = Vector128.FusedMultiplyAdd(sum, at, Vector128.Create(-.5f, 0, .5f, 0));
        return Vector128.FusedMultiplyAdd(sum, at, Vector128.Create(1 / 6f, 2 / 3f, 1 / 6f, 0));
    }

    /// <summary>Their derivatives by t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Slopes(float t)
    {
        var at = Vector128.Create(t);
        var sum = Vector128.FusedMultiplyAdd(Vector128.Create(-.5f, 1.5f, -1.5f, .5f), at, Vector128.Create(1f, -2, 1, 0));
        return Vector128.FusedMultiplyAdd(sum, at, Vector128.Create(-.5f, 0, .5f, 0));
    }

    /// <summary>
    /// By what waves must be multiplied so that the splines, on both sides of a convolution, take the kernel's very values at grid points: they blur a wave of so many radians
    /// a grid point by (4 + 2 cos) / 6 each time.
    /// </summary>
    /// <param name="frequencies">All frequencies k of a transform, in any order.</param>
    /// <param name="parts">A wave has (k + offset / parts) / length periods a grid point.</param>
    /// <param name="offset">See there.</param>
    public static float[] Sharpening(int[] frequencies, int parts, int offset) =>
        Array.ConvertAll(frequencies, frequency => (float)Math.Pow(6 / (4 + 2 * Math.Cos(2 * Math.PI * (frequency + (double)offset / parts) / frequencies.Length)), 2));
}
