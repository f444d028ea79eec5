using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Series;

/// <summary>Up to 128 integers of a column as one base and packed differences from it.</summary>
/// <remarks>
/// Layout: a byte of the order (upper two bits: 0 the values, 1 their differences, 2 the differences of those) and the width (lower six bits: 0 to 56 as it is,
/// 63 for 64), the base as a signed varint, the bits. The first order suits noise, the second counters and clocks, the third smooth schedules logged as
/// doubles, whose slope changes steadily. All arithmetic wraps, so every int64 survives.
/// A window is two integers that precede the mini-block, then the integers themselves.
/// </remarks>
internal static class MiniBlock
{
    /// <summary>Integers of a full mini-block.</summary>
    public const int Size = BitPacker.BlockSize;

    /// <summary>Integers before the mini-block in a window.</summary>
    public const int History = 2;

    /// <summary>Fewest bytes of a mini-block: the byte of order and width, and a base of one byte.</summary>
    public const int MinEncodedSize = 2;

    /// <summary>Most bytes of a mini-block, <see cref="BitPacker.Slack"/> not counted.</summary>
    public const int MaxEncodedSize = 1 + Varint.MaxSize + Size * sizeof(long);

    private const int FullWidthCode = 63;

    /// <summary>Encodes <paramref name="count"/> integers of <paramref name="window"/> and returns the bytes written.</summary>
    [SkipLocalsInit]
    public static int Encode(ReadOnlySpan<long> window, int count, Span<byte> destination)
    {
        var (order, lowest, width) = Choose(window, count);
        destination[0] = (byte)(order << 6 | (width == 64 ? FullWidthCode : width));
        var position = 1 + Varint.WriteSigned(destination[1..], lowest);
        if (width == 0)
            return position;

        Span<ulong> words = stackalloc ulong[Size];
        Subtract(window, count, order, lowest, words);
        return position + BitPacker.Pack(words, count, width, destination[position..]);
    }

    /// <summary>Decodes <paramref name="count"/> integers at <paramref name="position"/> into <paramref name="window"/> and moves past them.</summary>
    /// <exception cref="ChunkDamagedException">The bytes end early or name an unknown order or width.</exception>
    [SkipLocalsInit]
    public static void Decode(ReadOnlySpan<byte> source, ref int position, Span<long> window, int count)
    {
        if ((uint)position >= (uint)source.Length)
            throw new ChunkDamagedException("A chunk ends before its last mini-block.");
        var head = source[position++];
        var order = head >> 6;
        var width = head & 63;
        if (width == FullWidthCode)
            width = 64;
        else if (width > BitPacker.MaxPackedWidth)
            throw new ChunkDamagedException("A chunk names an unknown bit width.");
        if (order > 2)
            throw new ChunkDamagedException("A chunk names an unknown order of differences.");
        var lowest = Varint.ReadSigned(source, ref position);

        if (width == 0)
        {
            RestoreEven(count, order, lowest, window);
            return;
        }
        var size = BitPacker.SizeOf(count, width);
        var rest = source[position..];
        if (rest.Length < size)
            throw new ChunkDamagedException("A chunk ends within a mini-block.");
        Span<ulong> words = stackalloc ulong[Size];
        if (rest.Length >= size + BitPacker.Slack)
        {
            BitPacker.Unpack(rest, count, width, words);
        }
        else
        {
            Span<byte> padded = stackalloc byte[Size * sizeof(long) + BitPacker.Slack];
            rest[..size].CopyTo(padded);
            BitPacker.Unpack(padded, count, width, words);
        }
        position += size;
        Restore(words, count, order, lowest, window);
    }

    private static (int Order, long Lowest, int Width) Choose(ReadOnlySpan<long> window, int count)
    {
        ref var first = ref MemoryMarshal.GetReference(window[..(count + History)]);
        long lowest0 = long.MaxValue, lowest1 = long.MaxValue, lowest2 = long.MaxValue;
        long highest0 = long.MinValue, highest1 = long.MinValue, highest2 = long.MinValue;
        var i = 0;
        if (count >= Lanes.Worthwhile)
        {
            var low0 = Vector256.Create(long.MaxValue);
            var high0 = Vector256.Create(long.MinValue);
            var (low1, low2, high1, high2) = (low0, low0, high0, high0);
            for (; i <= count - Vector256<long>.Count; i += Vector256<long>.Count)
            {
                var older = Vector256.LoadUnsafe(ref first, (nuint)i);
                var old = Vector256.LoadUnsafe(ref first, (nuint)i + 1);
                var value = Vector256.LoadUnsafe(ref first, (nuint)i + 2);
                var difference = value - old;
                var second = difference - (old - older);
                low0 = Vector256.Min(low0, value);
                high0 = Vector256.Max(high0, value);
                low1 = Vector256.Min(low1, difference);
                high1 = Vector256.Max(high1, difference);
                low2 = Vector256.Min(low2, second);
                high2 = Vector256.Max(high2, second);
            }
            (lowest0, highest0) = (Lanes.Min(low0), Lanes.Max(high0));
            (lowest1, highest1) = (Lanes.Min(low1), Lanes.Max(high1));
            (lowest2, highest2) = (Lanes.Min(low2), Lanes.Max(high2));
        }
        for (; i < count; i++)
        {
            var value = window[i + 2];
            var difference = value - window[i + 1];
            var second = difference - (window[i + 1] - window[i]);
            (lowest0, highest0) = (Math.Min(lowest0, value), Math.Max(highest0, value));
            (lowest1, highest1) = (Math.Min(lowest1, difference), Math.Max(highest1, difference));
            (lowest2, highest2) = (Math.Min(lowest2, second), Math.Max(highest2, second));
        }

        var best = (Order: 0, Lowest: lowest0, Width: BitPacker.WidthOf((ulong)(highest0 - lowest0)));
        var bestSize = EncodedSize(count, lowest0, best.Width);
        var width1 = BitPacker.WidthOf((ulong)(highest1 - lowest1));
        if (EncodedSize(count, lowest1, width1) is var size1 && size1 < bestSize)
            (best, bestSize) = ((1, lowest1, width1), size1);
        var width2 = BitPacker.WidthOf((ulong)(highest2 - lowest2));
        return EncodedSize(count, lowest2, width2) < bestSize ? (2, lowest2, width2) : best;
    }

    private static int EncodedSize(int count, long lowest, int width) => Varint.SizeOfSigned(lowest) + BitPacker.SizeOf(count, width);

    // Runs on to the next multiple of the vector's length: what it leaves behind `count` is never packed.
    private static void Subtract(ReadOnlySpan<long> window, int count, int order, long lowest, Span<ulong> words)
    {
        ref var first = ref MemoryMarshal.GetReference(window[..(Size + History)]);
        ref var word = ref Unsafe.As<ulong, long>(ref MemoryMarshal.GetReference(words[..Size]));
        var floor = Vector256.Create(lowest);
        for (nuint i = 0; i < (nuint)count; i += (nuint)Vector256<long>.Count)
        {
            var number = Vector256.LoadUnsafe(ref first, i + 2);
            if (order > 0)
            {
                var old = Vector256.LoadUnsafe(ref first, i + 1);
                number -= old;
                if (order > 1)
                    number -= old - Vector256.LoadUnsafe(ref first, i);
            }
            (number - floor).StoreUnsafe(ref word, i);
        }
    }

    private static void Restore(ReadOnlySpan<ulong> words, int count, int order, long lowest, Span<long> window)
    {
        var value = window[1];
        var difference = value - window[0];
        ref var target = ref MemoryMarshal.GetReference(window.Slice(History, count));
        ref var word = ref Unsafe.As<ulong, long>(ref MemoryMarshal.GetReference(words[..Size]));
        var i = 0;
        switch (order)
        {
            case 0:
                var floor = Vector256.Create(lowest);
                for (; i <= count - Vector256<long>.Count; i += Vector256<long>.Count)
                    (Vector256.LoadUnsafe(ref word, (nuint)i) + floor).StoreUnsafe(ref target, (nuint)i);
                for (; i < count; i++)
                    Unsafe.Add(ref target, i) = lowest + Unsafe.Add(ref word, i);
                break;
            case 1:
                for (; i <= count - 4; i += 4)
                {
                    // Sums of pairs, so that only one addition in four waits for the one before.
                    var first = lowest + Unsafe.Add(ref word, i);
                    var second = first + lowest + Unsafe.Add(ref word, i + 1);
                    var third = lowest + Unsafe.Add(ref word, i + 2);
                    var fourth = third + lowest + Unsafe.Add(ref word, i + 3);
                    Unsafe.Add(ref target, i) = value + first;
                    Unsafe.Add(ref target, i + 1) = value + second;
                    Unsafe.Add(ref target, i + 2) = value + (second + third);
                    Unsafe.Add(ref target, i + 3) = value += second + fourth;
                }
                for (; i < count; i++)
                    Unsafe.Add(ref target, i) = value += lowest + Unsafe.Add(ref word, i);
                break;
            default:
                for (; i < count; i++)
                    Unsafe.Add(ref target, i) = value += difference += lowest + Unsafe.Add(ref word, i);
                break;
        }
    }

    // A constant or evenly changing mini-block: there are no bits to read.
    private static void RestoreEven(int count, int order, long lowest, Span<long> window)
    {
        var value = window[1];
        var target = window.Slice(History, count);
        if (order == 0)
        {
            target.Fill(lowest);
            return;
        }
        var difference = order == 1 ? lowest : value - window[0];
        var change = order == 1 ? 0 : lowest;
        for (var i = 0; i < target.Length; i++)
            target[i] = value += difference += change;
    }
}
