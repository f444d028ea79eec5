using System.Buffers.Binary;
using System.Text;

namespace Dashboard.Faults.Tests;

/// <summary>One call that changed the disk, or something sent to a socket.</summary>
/// <param name="Call">C created a file, M a folder; W wrote; T set a length; S synced a file, D a folder; R renamed; L linked; U removed; N sent to a socket; E is what cannot be recorded.</param>
/// <param name="Path">Absolute; of C, M, R, L and U.</param>
/// <param name="Inode">Of C, M, W, T, S and D.</param>
/// <param name="Offset">Of W, and the length of T.</param>
/// <param name="Data">What was written or sent; of R and L the new path.</param>
internal sealed record DiskRecord(char Call, string Path, ulong Inode, long Offset, ReadOnlyMemory<byte> Data)
{
    private const int HeadBytes = 32;

    public string Text => Encoding.UTF8.GetString(Data.Span);

    /// <summary>Reads a log; a last record that the end of its process cut off is left out.</summary>
    public static List<DiskRecord> ReadLog(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var records = new List<DiskRecord>();
        for (var at = 0; at + HeadBytes <= bytes.Length;)
        {
            var head = bytes.AsSpan(at, HeadBytes);
            var path = (int)BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            var data = (int)BinaryPrimitives.ReadUInt64LittleEndian(head[24..]);
            if (at + HeadBytes + path + data > bytes.Length)
                break;
            records.Add(new DiskRecord(
                (char)head[0], Encoding.UTF8.GetString(bytes, at + HeadBytes, path), BinaryPrimitives.ReadUInt64LittleEndian(head[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(head[16..]), bytes.AsMemory(at + HeadBytes + path, data)));
            at += HeadBytes + path + data;
        }
        return records;
    }
}
