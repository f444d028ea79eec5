using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Series;

/// <summary>The bits of IEEE numbers as integers in the order of the numbers: those of negative ones have all but the sign inverted. Its own inverse.</summary>
internal static class OrderedBits
{
    /// <summary>The ordered integer of a float's bits, or the bits of an ordered integer.</summary>
    public static int Flip(int bits) => bits ^ (int)((uint)(bits >> 31) >> 1);

    /// <summary>As <see cref="Flip(int)"/>, lane by lane.</summary>
    public static Vector256<int> Flip(Vector256<int> bits) => bits ^ ((bits >> 31) >>> 1);

    /// <summary>Maps as many items as <paramref name="column"/> has.</summary>
    public static void FromDoubles(ReadOnlySpan<double> column, Span<long> mapped) => Flip(MemoryMarshal.Cast<double, long>(column), mapped);

    /// <summary>Maps back as many items as <paramref name="mapped"/> has.</summary>
    public static void ToDoubles(ReadOnlySpan<long> mapped, Span<double> column) => Flip(mapped, MemoryMarshal.Cast<double, long>(column));

    private static void Flip(ReadOnlySpan<long> source, Span<long> target)
    {
        target = target[..source.Length];
        for (var i = 0; i < source.Length; i++)
            target[i] = source[i] ^ (long)((ulong)(source[i] >> 63) >> 1);
    }
}
