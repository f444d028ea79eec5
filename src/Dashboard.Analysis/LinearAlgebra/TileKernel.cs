using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>The innermost product: 12 rows by 32, kept in registers while the columns go by. Each of its sums runs over the columns in rising order with
/// one rounding a step, whatever the width of the registers, so that results are the same on every machine that has fused multiply and add.</summary>
internal static unsafe class TileKernel
{
    /// <summary>Rows of a left panel.</summary>
    public const int Left = 12;

    /// <summary>Rows of a right panel.</summary>
    public const int Right = 32;

    /// <summary>c (12 × 32, rows <paramref name="stride"/> apart) = or += a (columns × 12) times b (columns × 32).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int columns, float* a, float* b, float* c, int stride, bool add)
    {
        if (Vector512.IsHardwareAccelerated) Run512(columns, a, b, c, stride, add);
        else Run256(columns, a, b, c, stride, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run512(int columns, float* a, float* b, float* c, int stride, bool add)
    {
        Vector512<float> l0 = Vector512<float>.Zero, l1 = Vector512<float>.Zero, l2 = Vector512<float>.Zero, l3 = Vector512<float>.Zero, l4 = Vector512<float>.Zero, l5 = Vector512<float>.Zero, l6 = Vector512<float>.Zero, l7 = Vector512<float>.Zero, l8 = Vector512<float>.Zero, l9 = Vector512<float>.Zero, l10 = Vector512<float>.Zero, l11 = Vector512<float>.Zero;
        Vector512<float> r0 = Vector512<float>.Zero, r1 = Vector512<float>.Zero, r2 = Vector512<float>.Zero, r3 = Vector512<float>.Zero, r4 = Vector512<float>.Zero, r5 = Vector512<float>.Zero, r6 = Vector512<float>.Zero, r7 = Vector512<float>.Zero, r8 = Vector512<float>.Zero, r9 = Vector512<float>.Zero, r10 = Vector512<float>.Zero, r11 = Vector512<float>.Zero;
        if (add)
        {
            (l0, r0) = (Vector512.Load(c + 0 * stride), Vector512.Load(c + 0 * stride + 16));
            (l1, r1) = (Vector512.Load(c + 1 * stride), Vector512.Load(c + 1 * stride + 16));
            (l2, r2) = (Vector512.Load(c + 2 * stride), Vector512.Load(c + 2 * stride + 16));
            (l3, r3) = (Vector512.Load(c + 3 * stride), Vector512.Load(c + 3 * stride + 16));
            (l4, r4) = (Vector512.Load(c + 4 * stride), Vector512.Load(c + 4 * stride + 16));
            (l5, r5) = (Vector512.Load(c + 5 * stride), Vector512.Load(c + 5 * stride + 16));
            (l6, r6) = (Vector512.Load(c + 6 * stride), Vector512.Load(c + 6 * stride + 16));
            (l7, r7) = (Vector512.Load(c + 7 * stride), Vector512.Load(c + 7 * stride + 16));
            (l8, r8) = (Vector512.Load(c + 8 * stride), Vector512.Load(c + 8 * stride + 16));
            (l9, r9) = (Vector512.Load(c + 9 * stride), Vector512.Load(c + 9 * stride + 16));
            (l10, r10) = (Vector512.Load(c + 10 * stride), Vector512.Load(c + 10 * stride + 16));
            (l11, r11) = (Vector512.Load(c + 11 * stride), Vector512.Load(c + 11 * stride + 16));
        }
        for (var k = 0; k < columns; k++)
        {
            var left = Vector512.LoadAligned(b);
            var right = Vector512.LoadAligned(b + 16);
            var a0 = Vector512.Create(a[0]);
            l0 = Vector512.FusedMultiplyAdd(a0, left, l0);
            r0 = Vector512.FusedMultiplyAdd(a0, right, r0);
            var a1 = Vector512.Create(a[1]);
            l1 = Vector512.FusedMultiplyAdd(a1, left, l1);
            r1 = Vector512.FusedMultiplyAdd(a1, right, r1);
            var a2 = Vector512.Create(a[2]);
            l2 = Vector512.FusedMultiplyAdd(a2, left, l2);
            r2 = Vector512.FusedMultiplyAdd(a2, right, r2);
            var a3 = Vector512.Create(a[3]);
            l3 = Vector512.FusedMultiplyAdd(a3, left, l3);
            r3 = Vector512.FusedMultiplyAdd(a3, right, r3);
            var a4 = Vector512.Create(a[4]);
            l4 = Vector512.FusedMultiplyAdd(a4, left, l4);
            r4 = Vector512.FusedMultiplyAdd(a4, right, r4);
            var a5 = Vector512.Create(a[5]);
            l5 = Vector512.FusedMultiplyAdd(a5, left, l5);
            r5 = Vector512.FusedMultiplyAdd(a5, right, r5);
            var a6 = Vector512.Create(a[6]);
            l6 = Vector512.FusedMultiplyAdd(a6, left, l6);
            r6 = Vector512.FusedMultiplyAdd(a6, right, r6);
            var a7 = Vector512.Create(a[7]);
            l7 = Vector512.FusedMultiplyAdd(a7, left, l7);
            r7 = Vector512.FusedMultiplyAdd(a7, right, r7);
            var a8 = Vector512.Create(a[8]);
            l8 = Vector512.FusedMultiplyAdd(a8, left, l8);
            r8 = Vector512.FusedMultiplyAdd(a8, right, r8);
            var a9 = Vector512.Create(a[9]);
            l9 = Vector512.FusedMultiplyAdd(a9, left, l9);
            r9 = Vector512.FusedMultiplyAdd(a9, right, r9);
            var a10 = Vector512.Create(a[10]);
            l10 = Vector512.FusedMultiplyAdd(a10, left, l10);
            r10 = Vector512.FusedMultiplyAdd(a10, right, r10);
            var a11 = Vector512.Create(a[11]);
            l11 = Vector512.FusedMultiplyAdd(a11, left, l11);
            r11 = Vector512.FusedMultiplyAdd(a11, right, r11);
            a += Left;
            b += Right;
        }
        l0.Store(c + 0 * stride);
        r0.Store(c + 0 * stride + 16);
        l1.Store(c + 1 * stride);
        r1.Store(c + 1 * stride + 16);
        l2.Store(c + 2 * stride);
        r2.Store(c + 2 * stride + 16);
        l3.Store(c + 3 * stride);
        r3.Store(c + 3 * stride + 16);
        l4.Store(c + 4 * stride);
        r4.Store(c + 4 * stride + 16);
        l5.Store(c + 5 * stride);
        r5.Store(c + 5 * stride + 16);
        l6.Store(c + 6 * stride);
        r6.Store(c + 6 * stride + 16);
        l7.Store(c + 7 * stride);
        r7.Store(c + 7 * stride + 16);
        l8.Store(c + 8 * stride);
        r8.Store(c + 8 * stride + 16);
        l9.Store(c + 9 * stride);
        r9.Store(c + 9 * stride + 16);
        l10.Store(c + 10 * stride);
        r10.Store(c + 10 * stride + 16);
        l11.Store(c + 11 * stride);
        r11.Store(c + 11 * stride + 16);
    }

    /// <summary>The same by parts of 6 × 16, which is what sixteen registers of half the width hold.</summary>
    public static void Run256(int columns, float* a, float* b, float* c, int stride, bool add)
    {
        for (var row = 0; row < Left; row += 6)
        {
            for (var column = 0; column < Right; column += 16) Part256(columns, a + row, b + column, c + row * stride + column, stride, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part256(int columns, float* a, float* b, float* c, int stride, bool add)
    {
        Vector256<float> l0 = Vector256<float>.Zero, l1 = Vector256<float>.Zero, l2 = Vector256<float>.Zero, l3 = Vector256<float>.Zero, l4 = Vector256<float>.Zero, l5 = Vector256<float>.Zero;
        Vector256<float> r0 = Vector256<float>.Zero, r1 = Vector256<float>.Zero, r2 = Vector256<float>.Zero, r3 = Vector256<float>.Zero, r4 = Vector256<float>.Zero, r5 = Vector256<float>.Zero;
        if (add)
        {
            (l0, r0) = (Vector256.Load(c + 0 * stride), Vector256.Load(c + 0 * stride + 8));
            (l1, r1) = (Vector256.Load(c + 1 * stride), Vector256.Load(c + 1 * stride + 8));
            (l2, r2) = (Vector256.Load(c + 2 * stride), Vector256.Load(c + 2 * stride + 8));
            (l3, r3) = (Vector256.Load(c + 3 * stride), Vector256.Load(c + 3 * stride + 8));
            (l4, r4) = (Vector256.Load(c + 4 * stride), Vector256.Load(c + 4 * stride + 8));
            (l5, r5) = (Vector256.Load(c + 5 * stride), Vector256.Load(c + 5 * stride + 8));
        }
        for (var k = 0; k < columns; k++)
        {
            var left = Vector256.Load(b);
            var right = Vector256.Load(b + 8);
            var a0 = Vector256.Create(a[0]);
            l0 = Vector256.FusedMultiplyAdd(a0, left, l0);
            r0 = Vector256.FusedMultiplyAdd(a0, right, r0);
            var a1 = Vector256.Create(a[1]);
            l1 = Vector256.FusedMultiplyAdd(a1, left, l1);
            r1 = Vector256.FusedMultiplyAdd(a1, right, r1);
            var a2 = Vector256.Create(a[2]);
            l2 = Vector256.FusedMultiplyAdd(a2, left, l2);
            r2 = Vector256.FusedMultiplyAdd(a2, right, r2);
            var a3 = Vector256.Create(a[3]);
            l3 = Vector256.FusedMultiplyAdd(a3, left, l3);
            r3 = Vector256.FusedMultiplyAdd(a3, right, r3);
            var a4 = Vector256.Create(a[4]);
            l4 = Vector256.FusedMultiplyAdd(a4, left, l4);
            r4 = Vector256.FusedMultiplyAdd(a4, right, r4);
            var a5 = Vector256.Create(a[5]);
            l5 = Vector256.FusedMultiplyAdd(a5, left, l5);
            r5 = Vector256.FusedMultiplyAdd(a5, right, r5);
            a += Left;
            b += Right;
        }
        l0.Store(c + 0 * stride);
        r0.Store(c + 0 * stride + 8);
        l1.Store(c + 1 * stride);
        r1.Store(c + 1 * stride + 8);
        l2.Store(c + 2 * stride);
        r2.Store(c + 2 * stride + 8);
        l3.Store(c + 3 * stride);
        r3.Store(c + 3 * stride + 8);
        l4.Store(c + 4 * stride);
        r4.Store(c + 4 * stride + 8);
        l5.Store(c + 5 * stride);
        r5.Store(c + 5 * stride + 8);
    }
}
