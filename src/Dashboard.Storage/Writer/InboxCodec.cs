using System.Buffers.Binary;
using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>
/// The bytes of an inbox row: a version byte, then for each block the series key (8 bytes), the length of its points (4 bytes) and the points as
/// <see cref="ChunkCodec"/> writes them, which carries a checksum of its own; then the CRC-32C of all of that but the points, so that a block never goes to another
/// series than its own. All little-endian. Version 1, which is still read, has no checksum at the end.
/// </summary>
internal static class InboxCodec
{
    private const byte First = 1;
    private const byte Version = 2;
    private const int BlockHeader = 12;

    public static byte[] Write(ReadOnlySpan<long> seriesKeys, IReadOnlyList<byte[]> blocks)
    {
        var size = 1 + Crc32C.Size;
        foreach (var block in blocks) size += BlockHeader + block.Length;
        var data = new byte[size];
        data[0] = Version;
        var rest = data.AsSpan(1);
        for (var i = 0; i < blocks.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, seriesKeys[i]);
            BinaryPrimitives.WriteInt32LittleEndian(rest[8..], blocks[i].Length);
            blocks[i].CopyTo(rest[BlockHeader..]);
            rest = rest[(BlockHeader + blocks[i].Length)..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(rest, Checksum(Blocks(data, size - Crc32C.Size)));
        return data;
    }

    /// <summary>The blocks of a row.</summary>
    /// <exception cref="InvalidDataException">The row is not one that a version wrote.</exception>
    public static IReadOnlyList<(long SeriesKey, ReadOnlyMemory<byte> Points)> Read(byte[] data)
    {
        if (data.Length == 0 || data[0] is not (First or Version)) throw new InvalidDataException("The inbox row has an unknown version.");
        if (data[0] == First) return Blocks(data, data.Length);
        if (data.Length < 1 + Crc32C.Size) throw new InvalidDataException("The inbox row is too short for its checksum.");
        var blocks = Blocks(data, data.Length - Crc32C.Size);
        return BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(data.Length - Crc32C.Size)) == Checksum(blocks)
            ? blocks
            : throw new InvalidDataException("The checksum of the inbox row does not match the series that it names.");
    }

    private static List<(long SeriesKey, ReadOnlyMemory<byte> Points)> Blocks(byte[] data, int end)
    {
        var blocks = new List<(long, ReadOnlyMemory<byte>)>();
        for (var at = 1; at < end;)
        {
            if (end - at < BlockHeader) throw new InvalidDataException("The inbox row ends inside a block header.");
            var key = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at));
            var length = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at + 8));
            at += BlockHeader;
            if (length < 0 || length > end - at) throw new InvalidDataException("The inbox row ends inside a block.");
            blocks.Add((key, data.AsMemory(at, length)));
            at += length;
        }

        return blocks;
    }

    // Of the headers alone: a block of points with a flipped bit is lost by itself, and the rest of the row is read.
    private static uint Checksum(List<(long SeriesKey, ReadOnlyMemory<byte> Points)> blocks)
    {
        var headers = new byte[blocks.Count * BlockHeader];
        for (var i = 0; i < blocks.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(headers.AsSpan(i * BlockHeader), blocks[i].SeriesKey);
            BinaryPrimitives.WriteInt32LittleEndian(headers.AsSpan((i * BlockHeader) + 8), blocks[i].Points.Length);
        }

        return Crc32C.Compute(headers);
    }
}
