using System.Buffers.Binary;

namespace Dashboard.Server;

/// <summary>
/// Looks at the end of a zip file before anything reads its directory: a directory is held in memory whole, so how long it is must be known first.
/// The numbers are those of PKWARE's APPNOTE.TXT, sections 4.3.14 to 4.3.16.
/// </summary>
internal static class ArchiveTail
{
    private const uint EndSignature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint LargeEndSignature = 0x06064b50;
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int LargeEndBytes = 56;
    private const int MostCommentBytes = ushort.MaxValue;

    // 46 bytes, a name of at most 80 here, extra fields of large entries.
    private const long DirectoryBytesOfEntry = 256;

    /// <summary>Refuses a file that ends otherwise, or whose directory is longer than so many entries need.</summary>
    /// <exception cref="ArchiveException">It is refused.</exception>
    public static async Task CheckAsync(Stream file, ArchiveCaps caps, CancellationToken cancellation)
    {
        var length = (int)Math.Min(file.Length, EndBytes + MostCommentBytes + LocatorBytes);
        var tail = new byte[length];
        file.Position = file.Length - length;
        await file.ReadExactlyAsync(tail, cancellation);
        var end = Find(tail);
        if (end < 0)
            throw new ArchiveException("", "This is no zip archive, or its end is missing: was it transferred whole?");
        var position = file.Length - length + end;
        long directory = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (end >= LocatorBytes && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end - LocatorBytes)) == LocatorSignature)
        {
            var at = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorBytes + 8));
            if (at < 0 || at > file.Length - LargeEndBytes)
                throw new ArchiveException("", "The end of the zip archive is damaged.");
            var large = new byte[LargeEndBytes];
            file.Position = at;
            await file.ReadExactlyAsync(large, cancellation);
            if (BinaryPrimitives.ReadUInt32LittleEndian(large) != LargeEndSignature)
                throw new ArchiveException("", "The end of the zip archive is damaged.");
            directory = BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(48));
        }
        if (directory < 0 || directory > position)
            throw new ArchiveException("", "The end of the zip archive is damaged.");
        if (position - directory > (caps.MostEntries * DirectoryBytesOfEntry) + MostCommentBytes)
            throw new ArchiveException("", $"The archive has more entries than the most, which is {caps.MostEntries}.") { IsTooLarge = true };
        file.Position = 0;
    }

    private static int Find(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) == EndSignature)
                return at;
        }
        return -1;
    }
}
