using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dashboard.Analysis;

/// <summary>Sixteen floats, for machines with AVX-512.</summary>
internal readonly unsafe struct Wide512(Vector512<float> value) : IWide<Wide512>
{
    private readonly Vector512<float> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator +(Wide512 a, Wide512 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 a, Wide512 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator *(Wide512 a, Wide512 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator /(Wide512 a, Wide512 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 MultiplyAdd(Wide512 a, Wide512 b, Wide512 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Max(Wide512 a, Wide512 b) => new(Vector512.Max(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Min(Wide512 a, Wide512 b) => new(Vector512.Min(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 WhereSignsDiffer(Wide512 a, Wide512 b, Wide512 differ, Wide512 same)
    {
        var zero = Vector512<float>.Zero;
        return new(Vector512.ConditionalSelect(Vector512.LessThan(a._value, zero) ^ Vector512.LessThan(b._value, zero), differ._value, same._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Root(Wide512 a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Inverse(Wide512 a)
    {
        // An estimate of 14 bits and one step of Newton's: half the time of a division.
        var estimate = Avx512F.Reciprocal14(a._value);
        return new(Vector512.FusedMultiplyAdd(estimate, Vector512.FusedMultiplyAdd(-a._value, estimate, Vector512<float>.One), estimate));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pairs(float* points, int* rows, out Wide512 x, out Wide512 y)
    {
        var (a, b) = (Eight((double*)points, rows), Eight((double*)points, rows + 8));
        x = new(Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), b));
        y = new(Avx512F.PermuteVar16x32x2(a, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), b));
    }

    public static void Quads(float* points, int* rows, out Wide512 x, out Wide512 y, out Wide512 z)
    {
        // Rows 0 to 3 of a hold points 0, 4, 8, 12, those of b points 1, 5, 9, 13, and so on: then what is told apart within 128 bits is in order.
        var (a, b, c, d) = (Four(points, rows), Four(points, rows + 1), Four(points, rows + 2), Four(points, rows + 3));
        var (ab, cd) = (Avx512F.UnpackLow(a, b).AsDouble(), Avx512F.UnpackLow(c, d).AsDouble());
        x = new(Avx512F.UnpackLow(ab, cd).AsSingle());
        y = new(Avx512F.UnpackHigh(ab, cd).AsSingle());
        z = new(Avx512F.UnpackLow(Avx512F.UnpackHigh(a, b).AsDouble(), Avx512F.UnpackHigh(c, d).AsDouble()).AsSingle());
    }

    public static void Transpose(float* from, long fromStep, float* to, long toStep)
    {
        // Four rows at a time are turned within their 128 bits, then the 4 × 4 pieces of 128 bits change places.
        var rows = stackalloc Vector512<float>[16];
        for (var i = 0; i < 16; i += 4)
        {
            var (a, b) = (Vector512.Load(from + i * fromStep), Vector512.Load(from + (i + 1) * fromStep));
            var (c, d) = (Vector512.Load(from + (i + 2) * fromStep), Vector512.Load(from + (i + 3) * fromStep));
            var (abLow, cdLow) = (Avx512F.UnpackLow(a, b).AsDouble(), Avx512F.UnpackLow(c, d).AsDouble());
            var (abHigh, cdHigh) = (Avx512F.UnpackHigh(a, b).AsDouble(), Avx512F.UnpackHigh(c, d).AsDouble());
            rows[i] = Avx512F.UnpackLow(abLow, cdLow).AsSingle();
            rows[i + 1] = Avx512F.UnpackHigh(abLow, cdLow).AsSingle();
            rows[i + 2] = Avx512F.UnpackLow(abHigh, cdHigh).AsSingle();
            rows[i + 3] = Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle();
        }
        for (var i = 0; i < 4; i++)
        {
            var (a, b, c, d) = (rows[i], rows[i + 4], rows[i + 8], rows[i + 12]);
            var (abLow, cdLow) = (Avx512F.Shuffle4x128(a, b, 0x88), Avx512F.Shuffle4x128(c, d, 0x88));
            var (abHigh, cdHigh) = (Avx512F.Shuffle4x128(a, b, 0xdd), Avx512F.Shuffle4x128(c, d, 0xdd));
            Avx512F.Shuffle4x128(abLow, cdLow, 0x88).Store(to + i * toStep);
            Avx512F.Shuffle4x128(abHigh, cdHigh, 0x88).Store(to + (i + 4) * toStep);
            Avx512F.Shuffle4x128(abLow, cdLow, 0xdd).Store(to + (i + 8) * toStep);
            Avx512F.Shuffle4x128(abHigh, cdHigh, 0xdd).Store(to + (i + 12) * toStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum() => Vector512.Sum(_value);

    // Two loads and an insertion are quicker than the machine's own gathering.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Eight(double* points, int* rows)
    {
        var (a, b) = (Two(points, rows), Two(points, rows + 2));
        var (c, d) = (Two(points, rows + 4), Two(points, rows + 6));
        return Vector512.Create(Vector256.Create(a, b), Vector256.Create(c, d)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Two(double* points, int* rows) => Sse2.LoadHigh(Sse2.LoadScalarVector128(points + rows[0]), points + rows[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Four(float* points, int* rows) => Vector512.Create(
        Vector256.Create(Vector128.Load(points + 4L * rows[0]), Vector128.Load(points + 4L * rows[4])),
        Vector256.Create(Vector128.Load(points + 4L * rows[8]), Vector128.Load(points + 4L * rows[12])));
}
