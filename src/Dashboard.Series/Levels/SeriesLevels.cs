using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Series;

/// <summary>Levels of a series: runs of consecutive points summed up, so that a long series is drawn without reading its points.</summary>
public static class SeriesLevels
{
    /// <summary>Points of a fine entry.</summary>
    public const int FineSpan = 256;

    /// <summary>Points of a full chunk.</summary>
    public const int ChunkSpan = 4096;

    /// <summary>Points of a coarse entry.</summary>
    public const int CoarseSpan = 32768;

    private const int EntrySize = 64;

    /// <summary>Sums up consecutive points, at least one.</summary>
    /// <exception cref="ArgumentException">There is no point, or the columns differ in length.</exception>
    public static LevelEntry Summarize(ReadOnlySpan<long> steps, ReadOnlySpan<double> wallTimes, ReadOnlySpan<double> values)
    {
        RequireSameLength(steps, wallTimes, values);
        if (steps.IsEmpty)
            throw new ArgumentException("A level entry stands for at least one point.", nameof(steps));
        var (minStep, maxStep) = StepRange(steps);
        var (min, max, nonFinite) = ValueRange(values);
        return new LevelEntry
        {
            MinStep = minStep,
            MaxStep = maxStep,
            FirstStep = steps[0],
            FirstWallTime = wallTimes[0],
            FirstValue = values[0],
            Min = min,
            Max = max,
            Count = steps.Length,
            NonFinite = nonFinite,
        };
    }

    /// <summary>The entry of two runs of which <paramref name="later"/> follows <paramref name="earlier"/>.</summary>
    /// <exception cref="OverflowException">Together they have more points than an int counts.</exception>
    public static LevelEntry Merge(in LevelEntry earlier, in LevelEntry later)
    {
        var merged = earlier;
        merged.MinStep = Math.Min(earlier.MinStep, later.MinStep);
        merged.MaxStep = Math.Max(earlier.MaxStep, later.MaxStep);
        merged.Min = SmallerOf(earlier.Min, later.Min);
        merged.Max = LargerOf(earlier.Max, later.Max);
        merged.Count = checked(earlier.Count + later.Count);
        merged.NonFinite = checked(earlier.NonFinite + later.NonFinite);
        return merged;
    }

    /// <summary>The entry of runs that follow each other, at least one.</summary>
    /// <exception cref="ArgumentException">There is no entry.</exception>
    /// <exception cref="OverflowException">Together they have more points than an int counts.</exception>
    public static LevelEntry Merge(ReadOnlySpan<LevelEntry> entries)
    {
        if (entries.IsEmpty)
            throw new ArgumentException("There is no entry to merge.", nameof(entries));
        var merged = entries[0];
        foreach (ref readonly var entry in entries[1..])
            merged = Merge(merged, entry);
        return merged;
    }

    /// <summary>
    /// The fine entries of consecutive points, in the form of <see cref="WriteEntries"/>: one for each stretch of <see cref="FineSpan"/> indices that starts
    /// at a multiple of it; the first and the last stretch may be partial.
    /// </summary>
    /// <param name="steps">The points' steps.</param>
    /// <param name="wallTimes">As many wall times.</param>
    /// <param name="values">As many values.</param>
    /// <param name="firstIndex">Index in the series of the first of them.</param>
    /// <exception cref="ArgumentException">There is no point, the columns differ in length, or <paramref name="firstIndex"/> is negative.</exception>
    public static byte[] FineEntries(ReadOnlySpan<long> steps, ReadOnlySpan<double> wallTimes, ReadOnlySpan<double> values, long firstIndex)
    {
        RequireSameLength(steps, wallTimes, values);
        ArgumentOutOfRangeException.ThrowIfNegative(firstIndex);
        var lead = (int)(firstIndex % FineSpan);
        var entries = new LevelEntry[((long)lead + steps.Length + FineSpan - 1) / FineSpan];
        var start = 0;
        var end = FineSpan - lead;
        for (var i = 0; i < entries.Length; i++)
        {
            end = Math.Min(end, steps.Length);
            entries[i] = Summarize(steps[start..end], wallTimes[start..end], values[start..end]);
            (start, end) = (end, end + FineSpan);
        }
        return WriteEntries(entries);
    }

    /// <summary>The entries, at least one, as their 64 bytes each, followed by the CRC-32C of those, little-endian.</summary>
    /// <exception cref="ArgumentException">There is no entry.</exception>
    public static byte[] WriteEntries(ReadOnlySpan<LevelEntry> entries)
    {
        // No entries would be four zero bytes, which a block that was cut off or wiped may be too.
        if (entries.IsEmpty)
            throw new ArgumentException("There is no entry to write.", nameof(entries));
        var data = GC.AllocateUninitializedArray<byte>(checked(entries.Length * EntrySize) + Crc32C.Size);
        MemoryMarshal.AsBytes(entries).CopyTo(data);
        Crc32C.Seal(data);
        return data;
    }

    /// <summary>The entries that <see cref="WriteEntries"/> wrote.</summary>
    /// <exception cref="ChunkDamagedException">The checksum differs, or the length is not that of one or more whole entries.</exception>
    public static LevelEntry[] ReadEntries(ReadOnlySpan<byte> data)
    {
        var content = Crc32C.Open(data);
        if (content.IsEmpty || content.Length % EntrySize != 0)
            throw new ChunkDamagedException($"One or more level entries take {EntrySize} bytes each, not {content.Length} in all.");
        var entries = new LevelEntry[content.Length / EntrySize];
        content.CopyTo(MemoryMarshal.AsBytes(entries.AsSpan()));
        return entries;
    }

    /// <summary>Whether no step is smaller than the one before it.</summary>
    public static bool IsMonotone(ReadOnlySpan<long> steps)
    {
        ref var first = ref MemoryMarshal.GetReference(steps);
        var i = 1;
        for (; i <= steps.Length - Vector256<long>.Count; i += Vector256<long>.Count)
        {
            if (Vector256.LessThanAny(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.LoadUnsafe(ref first, (nuint)(i - 1))))
                return false;
        }
        for (; i < steps.Length; i++)
        {
            if (steps[i] < steps[i - 1])
                return false;
        }
        return true;
    }

    /// <summary>The smaller of two minima of which NaN means that there is none; -0 is smaller than 0, so that order does not matter.</summary>
    internal static double SmallerOf(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Min(a, b);

    /// <summary>The larger of two maxima of which NaN means that there is none.</summary>
    internal static double LargerOf(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Max(a, b);

    internal static void RequireSameLength(ReadOnlySpan<long> steps, ReadOnlySpan<double> wallTimes, ReadOnlySpan<double> values)
    {
        if (wallTimes.Length != steps.Length || values.Length != steps.Length)
            throw new ArgumentException(
                $"The columns differ in length: {steps.Length} steps, {wallTimes.Length} wall times, {values.Length} values.", nameof(steps));
    }

    internal static (double Min, double Max, int NonFinite) ValueRange(ReadOnlySpan<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        var nonFinite = 0;
        var i = 0;
        if (values.Length >= Lanes.Worthwhile)
        {
            var low = Vector256.Create(double.PositiveInfinity);
            var high = -low;
            var largest = Vector256.Create(double.MaxValue);
            var finiteLanes = Vector256<long>.Zero;
            for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var value = Vector256.LoadUnsafe(ref first, (nuint)i);
                var finite = Vector256.LessThanOrEqual(Vector256.Abs(value), largest);
                low = Vector256.Min(low, Vector256.ConditionalSelect(finite, value, low));
                high = Vector256.Max(high, Vector256.ConditionalSelect(finite, value, high));
                finiteLanes -= finite.AsInt64();
            }
            nonFinite = i - (int)Vector256.Sum(finiteLanes);
            (min, max) = (Lanes.Min(low), Lanes.Max(high));
        }
        for (; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                (min, max) = (Math.Min(min, values[i]), Math.Max(max, values[i]));
            else
                nonFinite++;
        }
        return nonFinite == values.Length ? (double.NaN, double.NaN, nonFinite) : (min, max, nonFinite);
    }

    private static (long Min, long Max) StepRange(ReadOnlySpan<long> steps)
    {
        ref var first = ref MemoryMarshal.GetReference(steps);
        long min = steps[0], max = steps[0];
        var i = 0;
        if (steps.Length >= Lanes.Worthwhile)
        {
            var low = Vector256.Create(min);
            var high = low;
            for (; i <= steps.Length - Vector256<long>.Count; i += Vector256<long>.Count)
            {
                var step = Vector256.LoadUnsafe(ref first, (nuint)i);
                low = Vector256.Min(low, step);
                high = Vector256.Max(high, step);
            }
            (min, max) = (Lanes.Min(low), Lanes.Max(high));
        }
        for (; i < steps.Length; i++)
            (min, max) = (Math.Min(min, steps[i]), Math.Max(max, steps[i]));
        return (min, max);
    }
}
