using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>Squared Euclidean distances of some rows from some others by their differences, in float32, from where the rows lie: for small sets of scattered rows, which
/// packing for <see cref="TileKernel"/> would not pay for. They lose nothing far from the origin.</summary>
internal static unsafe class SquaredDistances
{
    private const int Side = 4;

    /// <summary>distances[i·stride + j] = ‖a_i − b_j‖², of rows given by where they start.</summary>
    /// <param name="a">Rows.</param>
    /// <param name="b">Other rows.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="distances">Where they go.</param>
    /// <param name="stride">Numbers from one a's distances to the next one's.</param>
    /// <param name="upper">Whether a is the beginning of b, so that a pair with j &lt; i has been there before and may be left out.</param>
    public static void Fill(ReadOnlySpan<nint> a, ReadOnlySpan<nint> b, int columns, Span<float> distances, int stride, bool upper)
    {
        // What a tile has beyond the ends goes into its last row again.
        var tile = stackalloc float[Side * Side];
        var rows = stackalloc float*[2 * Side];
        for (var i = 0; i < a.Length; i += Side)
        {
            for (var at = 0; at < Side; at++) rows[at] = (float*)a[Math.Min(i + at, a.Length - 1)];
            for (var j = upper ? i / Side * Side : 0; j < b.Length; j += Side)
            {
                for (var at = 0; at < Side; at++) rows[Side + at] = (float*)b[Math.Min(j + at, b.Length - 1)];
                if (columns < Vector512<float>.Count) Short(rows, columns, tile);
                else if (Vector512.IsHardwareAccelerated) Tile512(rows, columns, tile);
                else
                {
                    Half256(rows, rows[0], rows[1], columns, tile);
                    Half256(rows, rows[2], rows[3], columns, tile + 2 * Side);
                }
                var (countA, countB) = (Math.Min(Side, a.Length - i), Math.Min(Side, b.Length - j));
                for (var row = 0; row < countA; row++) new ReadOnlySpan<float>(tile + row * Side, countB).CopyTo(distances[((i + row) * stride + j)..]);
            }
        }
    }

    private static void Short(float** rows, int columns, float* tile)
    {
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
            {
                float sum = 0;
                for (var k = 0; k < columns; k++) sum += (rows[i][k] - rows[Side + j][k]) * (rows[i][k] - rows[Side + j][k]);
                tile[i * Side + j] = sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile512(float** rows, int columns, float* tile)
    {
        float* a0 = rows[0], a1 = rows[1], a2 = rows[2], a3 = rows[3];
        float* b0 = rows[4], b1 = rows[5], b2 = rows[6], b3 = rows[7];
        Vector512<float> s00 = Vector512<float>.Zero, s01 = Vector512<float>.Zero, s02 = Vector512<float>.Zero, s03 = Vector512<float>.Zero;
        Vector512<float> s10 = Vector512<float>.Zero, s11 = Vector512<float>.Zero, s12 = Vector512<float>.Zero, s13 = Vector512<float>.Zero;
        Vector512<float> s20 = Vector512<float>.Zero, s21 = Vector512<float>.Zero, s22 = Vector512<float>.Zero, s23 = Vector512<float>.Zero;
        Vector512<float> s30 = Vector512<float>.Zero, s31 = Vector512<float>.Zero, s32 = Vector512<float>.Zero, s33 = Vector512<float>.Zero;
        var k = 0;
        for (; k <= columns - 16; k += 16)
        {
            var v0 = Vector512.Load(b0 + k);
            var v1 = Vector512.Load(b1 + k);
            var v2 = Vector512.Load(b2 + k);
            var v3 = Vector512.Load(b3 + k);
            var u0 = Vector512.Load(a0 + k);
            var d00 = u0 - v0;
            s00 = Vector512.FusedMultiplyAdd(d00, d00, s00);
            var d01 = u0 - v1;
            s01 = Vector512.FusedMultiplyAdd(d01, d01, s01);
            var d02 = u0 - v2;
            s02 = Vector512.FusedMultiplyAdd(d02, d02, s02);
            var d03 = u0 - v3;
            s03 = Vector512.FusedMultiplyAdd(d03, d03, s03);
            var u1 = Vector512.Load(a1 + k);
            var d10 = u1 - v0;
            s10 = Vector512.FusedMultiplyAdd(d10, d10, s10);
            var d11 = u1 - v1;
            s11 = Vector512.FusedMultiplyAdd(d11, d11, s11);
            var d12 = u1 - v2;
            s12 = Vector512.FusedMultiplyAdd(d12, d12, s12);
            var d13 = u1 - v3;
            s13 = Vector512.FusedMultiplyAdd(d13, d13, s13);
            var u2 = Vector512.Load(a2 + k);
            var d20 = u2 - v0;
            s20 = Vector512.FusedMultiplyAdd(d20, d20, s20);
            var d21 = u2 - v1;
            s21 = Vector512.FusedMultiplyAdd(d21, d21, s21);
            var d22 = u2 - v2;
            s22 = Vector512.FusedMultiplyAdd(d22, d22, s22);
            var d23 = u2 - v3;
            s23 = Vector512.FusedMultiplyAdd(d23, d23, s23);
            var u3 = Vector512.Load(a3 + k);
            var d30 = u3 - v0;
            s30 = Vector512.FusedMultiplyAdd(d30, d30, s30);
            var d31 = u3 - v1;
            s31 = Vector512.FusedMultiplyAdd(d31, d31, s31);
            var d32 = u3 - v2;
            s32 = Vector512.FusedMultiplyAdd(d32, d32, s32);
            var d33 = u3 - v3;
            s33 = Vector512.FusedMultiplyAdd(d33, d33, s33);
        }
        if (k < columns)
        {
            // One more step, back from the end, without what has been counted.
            var rest = Vector512.GreaterThanOrEqual(Vector512.CreateSequence<float>(0, 1), Vector512.Create((float)(k - columns + 16)));
            k = columns - 16;
            var v0 = Vector512.Load(b0 + k);
            var v1 = Vector512.Load(b1 + k);
            var v2 = Vector512.Load(b2 + k);
            var v3 = Vector512.Load(b3 + k);
            var u0 = Vector512.Load(a0 + k);
            var d00 = (u0 - v0) & rest;
            s00 = Vector512.FusedMultiplyAdd(d00, d00, s00);
            var d01 = (u0 - v1) & rest;
            s01 = Vector512.FusedMultiplyAdd(d01, d01, s01);
            var d02 = (u0 - v2) & rest;
            s02 = Vector512.FusedMultiplyAdd(d02, d02, s02);
            var d03 = (u0 - v3) & rest;
            s03 = Vector512.FusedMultiplyAdd(d03, d03, s03);
            var u1 = Vector512.Load(a1 + k);
            var d10 = (u1 - v0) & rest;
            s10 = Vector512.FusedMultiplyAdd(d10, d10, s10);
            var d11 = (u1 - v1) & rest;
            s11 = Vector512.FusedMultiplyAdd(d11, d11, s11);
            var d12 = (u1 - v2) & rest;
            s12 = Vector512.FusedMultiplyAdd(d12, d12, s12);
            var d13 = (u1 - v3) & rest;
            s13 = Vector512.FusedMultiplyAdd(d13, d13, s13);
            var u2 = Vector512.Load(a2 + k);
            var d20 = (u2 - v0) & rest;
            s20 = Vector512.FusedMultiplyAdd(d20, d20, s20);
            var d21 = (u2 - v1) & rest;
            s21 = Vector512.FusedMultiplyAdd(d21, d21, s21);
            var d22 = (u2 - v2) & rest;
            s22 = Vector512.FusedMultiplyAdd(d22, d22, s22);
            var d23 = (u2 - v3) & rest;
            s23 = Vector512.FusedMultiplyAdd(d23, d23, s23);
            var u3 = Vector512.Load(a3 + k);
            var d30 = (u3 - v0) & rest;
            s30 = Vector512.FusedMultiplyAdd(d30, d30, s30);
            var d31 = (u3 - v1) & rest;
            s31 = Vector512.FusedMultiplyAdd(d31, d31, s31);
            var d32 = (u3 - v2) & rest;
            s32 = Vector512.FusedMultiplyAdd(d32, d32, s32);
            var d33 = (u3 - v3) & rest;
            s33 = Vector512.FusedMultiplyAdd(d33, d33, s33);
        }
        tile[0] = Vector512.Sum(s00);
        tile[1] = Vector512.Sum(s01);
        tile[2] = Vector512.Sum(s02);
        tile[3] = Vector512.Sum(s03);
        tile[4] = Vector512.Sum(s10);
        tile[5] = Vector512.Sum(s11);
        tile[6] = Vector512.Sum(s12);
        tile[7] = Vector512.Sum(s13);
        tile[8] = Vector512.Sum(s20);
        tile[9] = Vector512.Sum(s21);
        tile[10] = Vector512.Sum(s22);
        tile[11] = Vector512.Sum(s23);
        tile[12] = Vector512.Sum(s30);
        tile[13] = Vector512.Sum(s31);
        tile[14] = Vector512.Sum(s32);
        tile[15] = Vector512.Sum(s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Half256(float** rows, float* a0, float* a1, int columns, float* tile)
    {
        float* b0 = rows[4], b1 = rows[5], b2 = rows[6], b3 = rows[7];
        Vector256<float> s00 = Vector256<float>.Zero, s01 = Vector256<float>.Zero, s02 = Vector256<float>.Zero, s03 = Vector256<float>.Zero;
        Vector256<float> s10 = Vector256<float>.Zero, s11 = Vector256<float>.Zero, s12 = Vector256<float>.Zero, s13 = Vector256<float>.Zero;
        var k = 0;
        for (; k <= columns - 8; k += 8)
        {
            var v0 = Vector256.Load(b0 + k);
            var v1 = Vector256.Load(b1 + k);
            var v2 = Vector256.Load(b2 + k);
            var v3 = Vector256.Load(b3 + k);
            var u0 = Vector256.Load(a0 + k);
            var d00 = u0 - v0;
            s00 = Vector256.FusedMultiplyAdd(d00, d00, s00);
            var d01 = u0 - v1;
            s01 = Vector256.FusedMultiplyAdd(d01, d01, s01);
            var d02 = u0 - v2;
            s02 = Vector256.FusedMultiplyAdd(d02, d02, s02);
            var d03 = u0 - v3;
            s03 = Vector256.FusedMultiplyAdd(d03, d03, s03);
            var u1 = Vector256.Load(a1 + k);
            var d10 = u1 - v0;
            s10 = Vector256.FusedMultiplyAdd(d10, d10, s10);
            var d11 = u1 - v1;
            s11 = Vector256.FusedMultiplyAdd(d11, d11, s11);
            var d12 = u1 - v2;
            s12 = Vector256.FusedMultiplyAdd(d12, d12, s12);
            var d13 = u1 - v3;
            s13 = Vector256.FusedMultiplyAdd(d13, d13, s13);
        }
        if (k < columns)
        {
            // One more step, back from the end, without what has been counted.
            var rest = Vector256.GreaterThanOrEqual(Vector256.CreateSequence<float>(0, 1), Vector256.Create((float)(k - columns + 8)));
            k = columns - 8;
            var v0 = Vector256.Load(b0 + k);
            var v1 = Vector256.Load(b1 + k);
            var v2 = Vector256.Load(b2 + k);
            var v3 = Vector256.Load(b3 + k);
            var u0 = Vector256.Load(a0 + k);
            var d00 = (u0 - v0) & rest;
            s00 = Vector256.FusedMultiplyAdd(d00, d00, s00);
            var d01 = (u0 - v1) & rest;
            s01 = Vector256.FusedMultiplyAdd(d01, d01, s01);
            var d02 = (u0 - v2) & rest;
            s02 = Vector256.FusedMultiplyAdd(d02, d02, s02);
            var d03 = (u0 - v3) & rest;
            s03 = Vector256.FusedMultiplyAdd(d03, d03, s03);
            var u1 = Vector256.Load(a1 + k);
            var d10 = (u1 - v0) & rest;
            s10 = Vector256.FusedMultiplyAdd(d10, d10, s10);
            var d11 = (u1 - v1) & rest;
            s11 = Vector256.FusedMultiplyAdd(d11, d11, s11);
            var d12 = (u1 - v2) & rest;
            s12 = Vector256.FusedMultiplyAdd(d12, d12, s12);
            var d13 = (u1 - v3) & rest;
            s13 = Vector256.FusedMultiplyAdd(d13, d13, s13);
        }
        tile[0] = Vector256.Sum(s00);
        tile[1] = Vector256.Sum(s01);
        tile[2] = Vector256.Sum(s02);
        tile[3] = Vector256.Sum(s03);
        tile[4] = Vector256.Sum(s10);
        tile[5] = Vector256.Sum(s11);
        tile[6] = Vector256.Sum(s12);
        tile[7] = Vector256.Sum(s13);
    }
}
