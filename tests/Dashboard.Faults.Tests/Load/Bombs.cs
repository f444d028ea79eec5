using System.IO.Compression;

namespace Dashboard.Faults.Tests;

/// <summary>Bodies of a few bytes that inflate to 10 GiB of zeros.</summary>
internal static class Bombs
{
    private const long Inflated = 10L << 30;
    private const int Block = 16 << 20;

    /// <summary>About ten kilobytes: from its second block on, brotli writes the same bytes for each further 16 MiB.</summary>
    public static byte[] Brotli()
    {
        using var packed = new MemoryStream();
        var ends = new List<int>();
        var zeros = new byte[Block];
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var block = 0; block < 4; block++)
            {
                brotli.Write(zeros);
                brotli.Flush();
                ends.Add((int)packed.Length);
            }
        }
        var bytes = packed.ToArray();
        var repeated = bytes[ends[1]..ends[2]];
        Assert.Equal(repeated, bytes[ends[2]..ends[3]]);
        var repetitions = (int)(Inflated / Block) - 4;
        return [.. bytes[..ends[3]], .. Enumerable.Repeat(repeated, repetitions).SelectMany(one => one), .. bytes[ends[3]..]];
    }

    /// <summary>About ten megabytes, as deflate packs a thousand to one at best: many members, one after the other.</summary>
    public static byte[] Gzip()
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(new byte[Block]);
        var bytes = member.ToArray();
        return [.. Enumerable.Repeat(bytes, (int)(Inflated / Block)).SelectMany(one => one)];
    }
}
