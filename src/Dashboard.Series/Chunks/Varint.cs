namespace Dashboard.Series;

/// <summary>Integers in as many bytes as they need: seven bits a byte, lowest first; signed ones zigzag, so that small negatives stay short.</summary>
internal static class Varint
{
    /// <summary>Most bytes of one integer.</summary>
    public const int MaxSize = 10;

    /// <summary>Bytes that <paramref name="value"/> takes.</summary>
    public static int SizeOfSigned(long value) => (63 - (int)ulong.LeadingZeroCount(ZigZag(value) | 1)) / 7 + 1;

    /// <summary>Writes <paramref name="value"/> and returns how many bytes it took.</summary>
    public static int WriteSigned(Span<byte> destination, long value) => WriteUnsigned(destination, ZigZag(value));

    /// <summary>Writes <paramref name="value"/> and returns how many bytes it took.</summary>
    public static int WriteUnsigned(Span<byte> destination, ulong value)
    {
        var size = 0;
        for (; value >= 0x80; value >>= 7)
            destination[size++] = (byte)(value | 0x80);
        destination[size++] = (byte)value;
        return size;
    }

    /// <summary>Reads an integer at <paramref name="position"/> and moves past it.</summary>
    /// <exception cref="ChunkDamagedException">The bytes end early or do not fit 64 bits.</exception>
    public static long ReadSigned(ReadOnlySpan<byte> source, ref int position)
    {
        var value = ReadUnsigned(source, ref position);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads an integer at <paramref name="position"/> and moves past it.</summary>
    /// <exception cref="ChunkDamagedException">The bytes end early or do not fit 64 bits.</exception>
    public static ulong ReadUnsigned(ReadOnlySpan<byte> source, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)position >= (uint)source.Length)
                throw new ChunkDamagedException("A chunk ends within an integer.");
            var part = source[position++];
            if (shift == 63 && part > 1)
                break;
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new ChunkDamagedException("A chunk holds an integer of more than 64 bits.");
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
