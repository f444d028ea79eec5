using System.Buffers;
using System.Runtime.CompilerServices;

namespace Dashboard.Series;

/// <summary>Points of one series as bytes and back, bit for bit: the form they are stored in.</summary>
/// <remarks>
/// Layout: the version, a byte of flags (bits 0 and 1 the unit of the wall times: 0 bits, 1 seconds, 2 milliseconds, 3 microseconds; bit 2 set where the values
/// are 32-bit floats), the count as a varint, the columns of steps, wall times and values, the CRC-32C of all that, little-endian. A column is its first
/// item, mapped to int64, as a signed varint, then mini-blocks of up to 128 items.
/// </remarks>
public static class ChunkCodec
{
    /// <summary>Most points of one chunk. Constant columns take next to no bytes a point, so the length of the data alone bounds a reader's memory poorly.</summary>
    public const int MaxPoints = 1 << 20;

    private const byte Version = 1;
    private const int ColumnCount = 3;
    private const int MaxHeaderSize = 2 + Varint.MaxSize;
    private const int UnitMask = 3;
    private const int SingleFlag = 4;
    private const int KnownFlags = UnitMask | SingleFlag;

    /// <summary>Encodes a block of points, in the order given.</summary>
    /// <param name="steps">Any int64.</param>
    /// <param name="wallTimes">As many; seconds since the Unix epoch, any double.</param>
    /// <param name="values">As many; any double, NaNs keep their bits.</param>
    /// <returns>An array of exactly the encoded length.</returns>
    /// <exception cref="ArgumentException">There is no point, more than <see cref="MaxPoints"/>, or the columns differ in length.</exception>
    public static byte[] Encode(ReadOnlySpan<long> steps, ReadOnlySpan<double> wallTimes, ReadOnlySpan<double> values)
    {
        if (wallTimes.Length != steps.Length || values.Length != steps.Length)
            throw new ArgumentException(
                $"The columns differ in length: {steps.Length} steps, {wallTimes.Length} wall times, {values.Length} values.", nameof(steps));
        if (steps.Length is 0 or > MaxPoints)
            throw new ArgumentException($"A chunk holds 1 to {MaxPoints} points, not {steps.Length}.", nameof(steps));

        var wallTimeMap = WallTimeMap.For(wallTimes);
        var valueMap = ValueMap.For(values);
        var most = MaxHeaderSize + ColumnCount * (Varint.MaxSize + MiniBlocks(steps.Length) * MiniBlock.MaxEncodedSize) + BitPacker.Slack;
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            buffer[0] = Version;
            buffer[1] = (byte)(UnitCode(wallTimeMap.Unit) | (valueMap.IsSingle ? SingleFlag : 0));
            var length = 2 + Varint.WriteUnsigned(buffer.AsSpan(2), (ulong)steps.Length);
            length += EncodeColumn(steps, default(StepMap), buffer.AsSpan(length));
            length += EncodeColumn(wallTimes, wallTimeMap, buffer.AsSpan(length));
            length += EncodeColumn(values, valueMap, buffer.AsSpan(length));

            var data = GC.AllocateUninitializedArray<byte>(length + Crc32C.Size);
            buffer.AsSpan(0, length).CopyTo(data);
            Crc32C.Seal(data);
            return data;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>How many points <paramref name="data"/> says it holds. Looks at the header and the length only, not at the checksum.</summary>
    /// <exception cref="ChunkDamagedException">The version is unknown, or the count is impossible for this length.</exception>
    public static int ReadCount(ReadOnlySpan<byte> data) => ReadHeader(data).Count;

    /// <summary>Decodes a block of points.</summary>
    /// <exception cref="ChunkDamagedException">The bytes are not what <see cref="Encode"/> returned.</exception>
    public static SeriesColumns Decode(ReadOnlySpan<byte> data)
    {
        var content = Crc32C.Open(data);
        var header = ReadHeader(data);
        var steps = GC.AllocateUninitializedArray<long>(header.Count);
        var wallTimes = GC.AllocateUninitializedArray<double>(header.Count);
        var values = GC.AllocateUninitializedArray<double>(header.Count);
        DecodeColumns(content, header, steps, wallTimes, values);
        return new SeriesColumns(steps, wallTimes, values, header.Count);
    }

    /// <summary>Decodes a block of points into the caller's columns and returns how many there are.</summary>
    /// <exception cref="ChunkDamagedException">The bytes are not what <see cref="Encode"/> returned; what was written to the columns means nothing.</exception>
    /// <exception cref="ArgumentException">The bytes are sound and a column is shorter than their count; ask <see cref="ReadCount"/> first.</exception>
    public static int Decode(ReadOnlySpan<byte> data, Span<long> steps, Span<double> wallTimes, Span<double> values)
    {
        var content = Crc32C.Open(data);
        var header = ReadHeader(data);
        var count = header.Count;
        if (steps.Length < count || wallTimes.Length < count || values.Length < count)
            throw new ArgumentException(
                $"Columns of {steps.Length}, {wallTimes.Length} and {values.Length} rows cannot take a chunk of {count} points.", nameof(steps));
        DecodeColumns(content, header, steps[..count], wallTimes[..count], values[..count]);
        return count;
    }

    private static (int Count, int Flags, int Length) ReadHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2)
            throw new ChunkDamagedException("A chunk ends within its header.");
        if (data[0] != Version)
            throw new ChunkDamagedException($"A chunk has version {data[0]}; this program reads version {Version}.");
        if ((data[1] & ~KnownFlags) != 0)
            throw new ChunkDamagedException("A chunk has unknown flags.");
        var length = 2;
        var count = Varint.ReadUnsigned(data, ref length);
        if (count is 0 or > MaxPoints)
            throw new ChunkDamagedException($"A chunk cannot hold {count} points.");
        if (data.Length < length + ColumnCount * (1 + MiniBlocks((int)count) * MiniBlock.MinEncodedSize) + Crc32C.Size)
            throw new ChunkDamagedException($"A chunk of {data.Length} bytes is too short for {count} points.");
        return ((int)count, data[1], length);
    }

    private static void DecodeColumns(
        ReadOnlySpan<byte> content, (int Count, int Flags, int Length) header, Span<long> steps, Span<double> wallTimes, Span<double> values)
    {
        var position = header.Length;
        DecodeColumn(content, ref position, default(StepMap), steps);
        DecodeColumn(content, ref position, new WallTimeMap(UnitOf(header.Flags & UnitMask)), wallTimes);
        DecodeColumn(content, ref position, new ValueMap((header.Flags & SingleFlag) != 0), values);
        if (position != content.Length)
            throw new ChunkDamagedException("A chunk goes on behind its last column.");
    }

    [SkipLocalsInit]
    private static int EncodeColumn<T, TMap>(ReadOnlySpan<T> column, TMap map, Span<byte> destination)
        where TMap : struct, IColumnMap<T>
    {
        Span<long> window = stackalloc long[MiniBlock.History + MiniBlock.Size];
        map.ToInt64(column[..1], window[1..]);
        window[0] = window[1];
        var length = Varint.WriteSigned(destination, window[1]);
        for (var start = 1; start < column.Length; start += MiniBlock.Size)
        {
            var count = Math.Min(MiniBlock.Size, column.Length - start);
            map.ToInt64(column.Slice(start, count), window[MiniBlock.History..]);
            length += MiniBlock.Encode(window, count, destination[length..]);
            (window[0], window[1]) = (window[count], window[count + 1]);
        }
        return length;
    }

    [SkipLocalsInit]
    private static void DecodeColumn<T, TMap>(ReadOnlySpan<byte> content, ref int position, TMap map, Span<T> column)
        where TMap : struct, IColumnMap<T>
    {
        Span<long> window = stackalloc long[MiniBlock.History + MiniBlock.Size];
        window[0] = window[1] = Varint.ReadSigned(content, ref position);
        map.FromInt64(window.Slice(1, 1), column);
        for (var start = 1; start < column.Length; start += MiniBlock.Size)
        {
            var count = Math.Min(MiniBlock.Size, column.Length - start);
            MiniBlock.Decode(content, ref position, window, count);
            map.FromInt64(window.Slice(MiniBlock.History, count), column[start..]);
            (window[0], window[1]) = (window[count], window[count + 1]);
        }
    }

    private static int MiniBlocks(int count) => (count - 1 + MiniBlock.Size - 1) / MiniBlock.Size;

    private static int UnitCode(int unit) => unit switch { 1 => 1, 1000 => 2, 1_000_000 => 3, _ => 0 };

    private static int UnitOf(int code) => code switch { 1 => 1, 2 => 1000, 3 => 1_000_000, _ => 0 };
}
