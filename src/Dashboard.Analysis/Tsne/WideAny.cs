using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dashboard.Analysis;

/// <summary>Four floats or eight, on every machine.</summary>
internal readonly unsafe struct WideAny(Vector<float> value) : IWide<WideAny>
{
    private readonly Vector<float> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny Of(float value) => new(new Vector<float>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny Load(float* from) => new(Vector.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny operator +(WideAny a, WideAny b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny operator -(WideAny a, WideAny b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny operator *(WideAny a, WideAny b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny operator /(WideAny a, WideAny b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny operator -(WideAny a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny MultiplyAdd(WideAny a, WideAny b, WideAny c) => new(Vector.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny Max(WideAny a, WideAny b) => new(Vector.Max(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny Min(WideAny a, WideAny b) => new(Vector.Min(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny WhereSignsDiffer(WideAny a, WideAny b, WideAny differ, WideAny same)
    {
        var zero = Vector<float>.Zero;
        return new(Vector.ConditionalSelect(Vector.LessThan(a._value, zero) ^ Vector.LessThan(b._value, zero), differ._value, same._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny Root(WideAny a) => new(Vector.SquareRoot(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideAny Inverse(WideAny a) => new(Vector<float>.One / a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pairs(float* points, int* rows, out WideAny x, out WideAny y)
    {
        if (Avx.IsSupported && Vector<float>.Count == 8)
        {
            var (a, b) = (Four((double*)points, rows, 0), Four((double*)points, rows, 2));
            x = new(Avx.Shuffle(a, b, 0x88).AsVector());
            y = new(Avx.Shuffle(a, b, 0xdd).AsVector());
            return;
        }
        float* xs = stackalloc float[Vector<float>.Count], ys = stackalloc float[Vector<float>.Count];
        for (var i = 0; i < Vector<float>.Count; i++)
        {
            var point = points + 2L * rows[i];
            (xs[i], ys[i]) = (point[0], point[1]);
        }
        (x, y) = (Load(xs), Load(ys));
    }

    public static void Quads(float* points, int* rows, out WideAny x, out WideAny y, out WideAny z)
    {
        float* xs = stackalloc float[Vector<float>.Count], ys = stackalloc float[Vector<float>.Count], zs = stackalloc float[Vector<float>.Count];
        for (var i = 0; i < Vector<float>.Count; i++)
        {
            var point = points + 4L * rows[i];
            (xs[i], ys[i], zs[i]) = (point[0], point[1], point[2]);
        }
        (x, y, z) = (Load(xs), Load(ys), Load(zs));
    }

    public static void Transpose(float* from, long fromStep, float* to, long toStep)
    {
        for (var row = 0; row < Vector<float>.Count; row++, from += fromStep)
        {
            for (var column = 0; column < Vector<float>.Count; column++) to[column * toStep + row] = from[column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum() => Vector.Sum(_value);

    // Points first, first + 1, first + 4 and first + 5: a shuffle within 128 bits then leaves the lanes in order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Four(double* points, int* rows, int first) => Vector256.Create(
        Sse2.LoadHigh(Sse2.LoadScalarVector128(points + rows[first]), points + rows[first + 1]),
        Sse2.LoadHigh(Sse2.LoadScalarVector128(points + rows[first + 4]), points + rows[first + 5])).AsSingle();
}
