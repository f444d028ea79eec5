using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Series.Tests;

public sealed class ChunkDamageTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260731, 11);

    [Fact]
    public void Compute_CheckString_GivesTheStandardValue() =>
        Assert.Equal(0xE3069283u, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Decode_AnyBitOfASmallChunkFlipped_Throws()
    {
        var data = SpecialNumbers.Curve(40, 1).Encode();
        for (var bit = 0; bit < data.Length * 8; bit++)
            AssertFlipIsFound(data, bit);
    }

    [Fact]
    public void Decode_SampledBitOfALargeChunkFlipped_Throws()
    {
        var data = SpecialNumbers.Curve(4096, 1).Encode();
        var random = new Random(2);
        for (var i = 0; i < 3000; i++)
            AssertFlipIsFound(data, random.Next(data.Length * 8));
    }

    [Fact]
    public void Decode_AnyTruncation_Throws()
    {
        var data = SpecialNumbers.Curve(500, 1).Encode();
        for (var length = 0; length < data.Length; length++)
            AssertDamaged(data[..length]);
    }

    [Fact]
    public void Decode_AnyTruncationSealedAgain_Throws()
    {
        var data = SpecialNumbers.Curve(500, 1).Encode();
        for (var length = 0; length < data.Length - Crc32C.Size; length++)
            AssertDamaged(Sealed(data[..length]));
    }

    [Fact]
    public void Decode_BytesBehindTheLastColumn_Throws()
    {
        var data = SpecialNumbers.Curve(500, 1).Encode();

        AssertDamaged(Sealed([.. data[..^Crc32C.Size], 0]));
    }

    [Fact]
    public void Decode_Garbage_ThrowsNothingElse() =>
        Check.One(Thorough, Prop.ForAll(Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>()).ToArbitrary(), garbage =>
        {
            DecodeEveryWay(garbage);
            DecodeEveryWay(Sealed(garbage));
        }));

    // The checksum says that bytes are as written, not that they were written by the encoder: behind a valid one everything else must hold too.
    [Fact]
    public void Decode_ChunkChangedAndSealedAgain_ThrowsNothingElse()
    {
        var random = new Random(6);
        var chunks = new[] { SpecialNumbers.Curve(1, 1), SpecialNumbers.Curve(130, 2), SpecialNumbers.Curve(700, 3) };
        var refused = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var content = chunks[i % chunks.Length].Encode()[..^Crc32C.Size];
            for (var change = random.Next(1, 4); change > 0; change--)
                content[random.Next(random.Next(2) == 0 ? content.Length : Math.Min(16, content.Length))] = (byte)random.Next(256);
            refused += DecodeEveryWay(Sealed(content)) ? 0 : 1;
        }
        Assert.InRange(refused, 1, 29_999);
    }

    [Fact]
    public void ReadCount_Garbage_ThrowsNothingElse()
    {
        var random = new Random(8);
        for (var i = 0; i < 20_000; i++)
        {
            var garbage = new byte[random.Next(40)];
            random.NextBytes(garbage);
            if (garbage.Length > 1)
                (garbage[0], garbage[1]) = (1, (byte)(garbage[1] & 7));
            try
            {
                Assert.InRange(ChunkCodec.ReadCount(garbage), 1, ChunkCodec.MaxPoints);
            }
            catch (ChunkDamagedException)
            {
            }
        }
    }

    [Fact]
    public void Decode_CountBeyondWhatTheBytesCanHold_ThrowsBeforeItAllocates()
    {
        // Version 1, no flags, count 2^20, then far too little: the columns would take 24 MiB.
        var data = Sealed([1, 0, 0x80, 0x80, 0x40, .. new byte[100]]);
        AssertDamaged(data);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ChunkDamagedException>(() => ChunkCodec.Decode(data));

        // An exception and its trace take a few kilobytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void ReadCount_UnknownVersion_NamesIt(byte version)
    {
        var data = SpecialNumbers.Curve(10, 1).Encode();
        data[0] = version;

        var error = Assert.Throws<ChunkDamagedException>(() => ChunkCodec.ReadCount(data));

        Assert.Contains($"version {version};", error.Message, StringComparison.Ordinal);
    }

    private static void AssertFlipIsFound(byte[] data, int bit)
    {
        data[bit / 8] ^= (byte)(1 << bit % 8);
        AssertDamaged(data);
        data[bit / 8] ^= (byte)(1 << bit % 8);
    }

    private static void AssertDamaged(byte[] data)
    {
        Assert.Throws<ChunkDamagedException>(() => ChunkCodec.Decode(data));
        Assert.Throws<ChunkDamagedException>(() => ChunkCodec.Decode(data, new long[4096], new double[4096], new double[4096]));
    }

    private static bool DecodeEveryWay(byte[] data)
    {
        try
        {
            var columns = ChunkCodec.Decode(data);
            var count = columns.Count;
            Assert.Equal(count, ChunkCodec.Decode(data, new long[count], new double[count], new double[count]));
            return true;
        }
        catch (ChunkDamagedException)
        {
            return false;
        }
    }

    private static byte[] Sealed(byte[] content)
    {
        var data = new byte[content.Length + Crc32C.Size];
        content.CopyTo(data, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(content.Length), Crc32C.Compute(content));
        return data;
    }
}
