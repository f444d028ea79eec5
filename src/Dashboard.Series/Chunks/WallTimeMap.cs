using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Series;

/// <summary>Wall times as whole seconds, milliseconds or microseconds where every one of a block is such a count, else by their bits.</summary>
/// <param name="Unit">Units a second: 1, 1,000 or 1,000,000; 0 for bits.</param>
internal readonly record struct WallTimeMap(int Unit) : IColumnMap<double>
{
    // Up to here every count is a double of its own, so that converting it rounds nothing on any machine.
    private const double LargestCount = 1L << 53;

    /// <summary>The map of the coarsest unit in which each wall time comes back with the same bits.</summary>
    public static WallTimeMap For(ReadOnlySpan<double> wallTimes)
    {
        for (var unit = 1; unit <= 1_000_000; unit *= 1000)
        {
            if (IsExact(wallTimes, unit))
                return new WallTimeMap(unit);
        }
        return default;
    }

    /// <inheritdoc/>
    public void ToInt64(ReadOnlySpan<double> column, Span<long> mapped)
    {
        if (Unit == 0)
        {
            OrderedBits.FromDoubles(column, mapped);
            return;
        }
        mapped = mapped[..column.Length];
        ref var source = ref MemoryMarshal.GetReference(column);
        ref var target = ref MemoryMarshal.GetReference(mapped);
        var unit = Vector256.Create((double)Unit);
        var i = 0;
        for (; i <= column.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            Vector256.ConvertToInt64(Vector256.Round(Vector256.LoadUnsafe(ref source, (nuint)i) * unit)).StoreUnsafe(ref target, (nuint)i);
        for (; i < column.Length; i++)
            mapped[i] = (long)Math.Round(column[i] * Unit);
    }

    /// <inheritdoc/>
    public void FromInt64(ReadOnlySpan<long> mapped, Span<double> column)
    {
        if (Unit == 0)
        {
            OrderedBits.ToDoubles(mapped, column);
            return;
        }
        column = column[..mapped.Length];
        ref var source = ref MemoryMarshal.GetReference(mapped);
        ref var target = ref MemoryMarshal.GetReference(column);
        var unit = Vector256.Create((double)Unit);
        var i = 0;
        for (; i <= mapped.Length - Vector256<long>.Count; i += Vector256<long>.Count)
            (Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref source, (nuint)i)) / unit).StoreUnsafe(ref target, (nuint)i);
        for (; i < mapped.Length; i++)
            column[i] = (double)mapped[i] / Unit;
    }

    private static bool IsExact(ReadOnlySpan<double> wallTimes, int unit)
    {
        ref var source = ref MemoryMarshal.GetReference(wallTimes);
        var units = Vector256.Create((double)unit);
        var largest = Vector256.Create(LargestCount);
        var i = 0;
        for (; i <= wallTimes.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var wallTime = Vector256.LoadUnsafe(ref source, (nuint)i);
            var count = Vector256.Round(wallTime * units);
            // Adding zero turns the count -0 into the 0 it is stored as; NaN fails the comparison.
            var same = Vector256.Equals(((count + Vector256<double>.Zero) / units).AsInt64(), wallTime.AsInt64());
            var small = Vector256.LessThanOrEqual(Vector256.Abs(count), largest).AsInt64();
            if ((same & small) != Vector256<long>.AllBitsSet)
                return false;
        }
        for (; i < wallTimes.Length; i++)
        {
            var count = Math.Round(wallTimes[i] * unit);
            if (!(Math.Abs(count) <= LargestCount)
                || BitConverter.DoubleToInt64Bits((count + 0.0) / unit) != BitConverter.DoubleToInt64Bits(wallTimes[i]))
                return false;
        }
        return true;
    }
}
