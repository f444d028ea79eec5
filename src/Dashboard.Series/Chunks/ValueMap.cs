using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Series;

/// <summary>Values by the 32 bits of a float where every one of a block is one, else by the 64 bits of the double.</summary>
/// <remarks>NaNs are converted as bits: what a processor does to their payload is its own affair.</remarks>
internal readonly record struct ValueMap(bool IsSingle) : IColumnMap<double>
{
    private const int DroppedBits = 29;
    private const ulong Dropped = (1UL << DroppedBits) - 1;

    /// <summary>The narrowest map under which each value comes back with the same bits.</summary>
    public static ValueMap For(ReadOnlySpan<double> values)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var value = Vector256.LoadUnsafe(ref source, (nuint)i);
            var back = Vector256.WidenLower(Vector256.Narrow(value, value));
            if (back.AsInt64() == value.AsInt64() && Vector256.EqualsAll(value, value))
                continue;
            for (var lane = i; lane < i + Vector256<double>.Count; lane++)
            {
                if (!Fits(values[lane]))
                    return new ValueMap(false);
            }
        }
        for (; i < values.Length; i++)
        {
            if (!Fits(values[i]))
                return new ValueMap(false);
        }
        return new ValueMap(true);
    }

    /// <inheritdoc/>
    public void ToInt64(ReadOnlySpan<double> column, Span<long> mapped)
    {
        if (!IsSingle)
        {
            OrderedBits.FromDoubles(column, mapped);
            return;
        }
        mapped = mapped[..column.Length];
        ref var source = ref MemoryMarshal.GetReference(column);
        ref var target = ref MemoryMarshal.GetReference(mapped);
        var i = 0;
        for (; i <= column.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var single = Vector256.Narrow(Vector256.LoadUnsafe(ref source, (nuint)i), Vector256.LoadUnsafe(ref source, (nuint)(i + 4)));
            if (!Vector256.EqualsAll(single, single))
            {
                for (var lane = i; lane < i + Vector256<float>.Count; lane++)
                    mapped[lane] = OrderedBits.Flip(ToSingleBits(column[lane]));
                continue;
            }
            var (lower, upper) = Vector256.Widen(OrderedBits.Flip(single.AsInt32()));
            lower.StoreUnsafe(ref target, (nuint)i);
            upper.StoreUnsafe(ref target, (nuint)(i + 4));
        }
        for (; i < column.Length; i++)
            mapped[i] = OrderedBits.Flip(ToSingleBits(column[i]));
    }

    /// <inheritdoc/>
    public void FromInt64(ReadOnlySpan<long> mapped, Span<double> column)
    {
        if (!IsSingle)
        {
            OrderedBits.ToDoubles(mapped, column);
            return;
        }
        column = column[..mapped.Length];
        ref var source = ref MemoryMarshal.GetReference(mapped);
        ref var target = ref MemoryMarshal.GetReference(column);
        var i = 0;
        for (; i <= mapped.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var bits = Vector256.Narrow(Vector256.LoadUnsafe(ref source, (nuint)i), Vector256.LoadUnsafe(ref source, (nuint)(i + 4)));
            var single = OrderedBits.Flip(bits).AsSingle();
            if (!Vector256.EqualsAll(single, single))
            {
                for (var lane = i; lane < i + Vector256<float>.Count; lane++)
                    column[lane] = FromSingleBits(OrderedBits.Flip((int)mapped[lane]));
                continue;
            }
            var (lower, upper) = Vector256.Widen(single);
            lower.StoreUnsafe(ref target, (nuint)i);
            upper.StoreUnsafe(ref target, (nuint)(i + 4));
        }
        for (; i < mapped.Length; i++)
            column[i] = FromSingleBits(OrderedBits.Flip((int)mapped[i]));
    }

    private static bool Fits(double value) =>
        double.IsNaN(value)
            ? (BitConverter.DoubleToUInt64Bits(value) & Dropped) == 0
            : BitConverter.DoubleToUInt64Bits((float)value) == BitConverter.DoubleToUInt64Bits(value);

    private static int ToSingleBits(double value)
    {
        if (!double.IsNaN(value))
            return BitConverter.SingleToInt32Bits((float)value);
        var bits = BitConverter.DoubleToInt64Bits(value);
        return (int)(bits >> 32) & int.MinValue | 0x7F800000 | (int)(bits >> DroppedBits) & 0x007FFFFF;
    }

    private static double FromSingleBits(int bits)
    {
        var single = BitConverter.Int32BitsToSingle(bits);
        if (!float.IsNaN(single))
            return single;
        var sign = (ulong)((uint)bits >> 31) << 63;
        return BitConverter.UInt64BitsToDouble(sign | 0x7FF0000000000000 | (ulong)(bits & 0x007FFFFF) << DroppedBits);
    }
}
