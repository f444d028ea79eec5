using System.Buffers.Binary;
using Dashboard.Fuzzing;

namespace Dashboard.Series.Tests;

public sealed class ChunkFuzzTests
{
    [Fact]
    public void Chunk_OfAnyBytes_IsReadOrDamaged()
    {
        var random = new Random(5);
        byte[][] corpus =
        [
            .. new[] { 1, 2, 127, 128, 129, 700 }.Select(count => ChunkCodec.Encode(
                [.. Enumerable.Range(0, count).Select(at => (long)at * 10)],
                [.. Enumerable.Range(0, count).Select(at => 1.79e9 + at * 0.25)],
                [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())])),
            ChunkCodec.Encode([long.MinValue, long.MaxValue, 0], [double.NaN, -1, 0], [double.PositiveInfinity, float.Epsilon, -0.0]),
            ChunkCodec.Encode(new long[300], new double[300], new double[300]),
        ];

        var tried = Fuzz.Run(new FuzzCase("chunk", corpus, data => ChunkCodec.Decode(data), typeof(ChunkDamagedException)) { Seal = Sealed });

        Assert.True(tried > 1000, $"{tried} inputs");
    }

    // Behind the checksum, where only the decoder's own checks are.
    private static byte[] Sealed(byte[] data)
    {
        if (data.Length < Crc32C.Size) return data;
        var made = data.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(made.Length - Crc32C.Size), Crc32C.Compute(made.AsSpan(0, made.Length - Crc32C.Size)));
        return made;
    }
}
