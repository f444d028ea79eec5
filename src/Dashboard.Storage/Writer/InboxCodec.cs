using System.Buffers.Binary;

namespace Dashboard.Storage;

/// <summary>
/// The bytes of an inbox row: a version byte, then for each block the series key (8 bytes), the length of its points (4 bytes) and the points as
/// <see cref="Dashboard.Series.ChunkCodec"/> writes them, which carries the checksum. All little-endian.
/// </summary>
internal static class InboxCodec
{
    private const byte Version = 1;
    private const int BlockHeader = 12;

    public static byte[] Write(ReadOnlySpan<long> seriesKeys, IReadOnlyList<byte[]> blocks)
    {
        var size = 1;
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

        return data;
    }

    /// <summary>The blocks of a row.</summary>
    /// <exception cref="InvalidDataException">The row is not one this version wrote.</exception>
    public static IEnumerable<(long SeriesKey, ReadOnlyMemory<byte> Points)> Read(byte[] data)
    {
        if (data.Length == 0 || data[0] != Version) throw new InvalidDataException("The inbox row has an unknown version.");
        var at = 1;
        while (at < data.Length)
        {
            if (data.Length - at < BlockHeader) throw new InvalidDataException("The inbox row ends inside a block header.");
            var key = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at));
            var length = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at + 8));
            at += BlockHeader;
            if (length < 0 || length > data.Length - at) throw new InvalidDataException("The inbox row ends inside a block.");
            yield return (key, data.AsMemory(at, length));
            at += length;
        }
    }
}
