using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dashboard.Series;

/// <summary>CRC-32C (Castagnoli), the four-byte little-endian trailer of every stored block.</summary>
public static class Crc32C
{
    /// <summary>Bytes of the trailer.</summary>
    public const int Size = 4;

    /// <summary>The checksum of <paramref name="data"/>, as in RFC 3720: "123456789" gives 0xE3069283.</summary>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        ref var first = ref MemoryMarshal.GetReference(data);
        var index = 0;
        for (; index <= data.Length - sizeof(ulong); index += sizeof(ulong))
            crc = BitOperations.Crc32C(crc, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, index)));
        for (; index < data.Length; index++)
            crc = BitOperations.Crc32C(crc, data[index]);
        return ~crc;
    }

    /// <summary>Writes the checksum of all but the last four bytes of <paramref name="block"/> into those four.</summary>
    internal static void Seal(Span<byte> block) =>
        BinaryPrimitives.WriteUInt32LittleEndian(block[^Size..], Compute(block[..^Size]));

    /// <summary>What precedes the trailer of <paramref name="block"/>.</summary>
    /// <exception cref="ChunkDamagedException">The block is shorter than its trailer, or the checksum differs.</exception>
    internal static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> block)
    {
        if (block.Length < Size)
            throw new ChunkDamagedException($"A block of {block.Length} bytes is too short for its checksum.");
        var content = block[..^Size];
        if (BinaryPrimitives.ReadUInt32LittleEndian(block[^Size..]) != Compute(content))
            throw new ChunkDamagedException($"The checksum of a block of {block.Length} bytes does not match its content.");
        return content;
    }
}
