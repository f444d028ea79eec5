using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Series.Tests;

public sealed class ChunkCodecTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1500).WithReplay(20260731, 7);

    [Fact]
    public void Decode_AnyColumns_ReturnsEveryBit() =>
        Check.One(Thorough, Prop.ForAll(SpecialNumbers.AnyColumns.ToArbitrary(), columns => AssertRoundTrip(columns)));

    [Fact]
    public void Decode_EverySpecialPair_ReturnsEveryBit()
    {
        foreach (var first in SpecialNumbers.Doubles)
        {
            foreach (var second in SpecialNumbers.Doubles)
            {
                // Nine points reach both the vector loops and what they leave over.
                double[] column = [first, second, first, first, second, second, first, second, first];
                AssertRoundTrip(new(new long[9], column, column));
            }
        }
    }

    [Fact]
    public void Decode_EverySpecialTripleOfSteps_ReturnsEveryBit()
    {
        foreach (var first in SpecialNumbers.Steps)
        {
            foreach (var second in SpecialNumbers.Steps)
            {
                foreach (var third in SpecialNumbers.Steps)
                    AssertRoundTrip(new([first, second, third, first, third], new double[5], new double[5]));
            }
        }
    }

    [Fact]
    public void Decode_EachBitWidth_ReturnsEveryBit()
    {
        var random = new Random(5);
        for (var width = 0; width <= 64; width++)
        {
            foreach (var count in new[] { 2, 3, 128, 129, 130, 257, 300 })
            {
                var steps = new long[count];
                for (var i = 0; i < count; i++)
                    steps[i] = width == 0 ? 0 : (long)((ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - width));
                var bits = MemoryMarshal.Cast<long, double>(steps).ToArray();
                AssertRoundTrip(new(steps, bits, bits));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(ChunkCodec.MaxPoints)]
    public void Decode_CurveOfAnyLength_ReturnsEveryBit(int count) => AssertRoundTrip(SpecialNumbers.Curve(count, 3));

    [Fact]
    public void Decode_ColumnsLongerThanTheChunk_LeavesTheRestAlone()
    {
        var columns = SpecialNumbers.Curve(300, 4);
        var steps = Enumerable.Repeat(-7L, 310).ToArray();
        var wallTimes = Enumerable.Repeat(-7.0, 310).ToArray();
        var values = Enumerable.Repeat(-7.0, 310).ToArray();

        Assert.Equal(300, ChunkCodec.Decode(columns.Encode(), steps, wallTimes, values));

        Assert.Equal(columns.Steps, steps[..300]);
        Assert.All(steps[300..], step => Assert.Equal(-7, step));
        Assert.All(wallTimes[300..], wallTime => Assert.Equal(-7, wallTime));
        Assert.All(values[300..], value => Assert.Equal(-7, value));
    }

    [Fact]
    public void Decode_ColumnsTooShort_NamesTheirLengths()
    {
        var data = SpecialNumbers.Curve(10, 4).Encode();

        var error = Assert.Throws<ArgumentException>(() => ChunkCodec.Decode(data, new long[10], new double[9], new double[10]));

        Assert.Contains("10, 9 and 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_SameColumns_SameBytes()
    {
        var columns = SpecialNumbers.Curve(1000, 9);

        Assert.Equal(columns.Encode(), columns.Encode());
    }

    [Fact]
    public void Encode_NoPoints_Refuses() => Assert.Throws<ArgumentException>(() => ChunkCodec.Encode([], [], []));

    [Fact]
    public void Encode_TooManyPoints_Refuses()
    {
        var (steps, numbers) = (new long[ChunkCodec.MaxPoints + 1], new double[ChunkCodec.MaxPoints + 1]);

        Assert.Throws<ArgumentException>(() => ChunkCodec.Encode(steps, numbers, numbers));
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(1, 1, 2)]
    public void Encode_ColumnsOfDifferentLengths_Refuses(int steps, int wallTimes, int values) =>
        Assert.Throws<ArgumentException>(() => ChunkCodec.Encode(new long[steps], new double[wallTimes], new double[values]));

    [Fact]
    public void Encode_FirstVersion_KeepsItsBytes()
    {
        // Written out so that a change to the format is noticed: files of version 1 must stay readable.
        // Version; milliseconds (2) and floats (4); count; steps 5, then one mini-block: differences (0x40), base 1, no bits; wall times 1500 ms, differences, base 250;
        // values 0x3F800000, order 0, width 0, base the same.
        byte[] expected =
        [
            1, 6, 3,
            10, 0x40, 2,
            0xB8, 0x17, 0x40, 0xF4, 0x03,
            0x80, 0x80, 0x80, 0xF8, 0x07, 0x40, 0x00,
        ];

        var data = ChunkCodec.Encode([5, 6, 7], [1.5, 1.75, 2.0], [1, 1, 1]);

        Assert.Equal(expected, data[..^4]);
        Assert.Equal(Crc32C.Compute(expected), BitConverter.ToUInt32(data, expected.Length));
    }

    // 3.9 bytes a point is the project's budget for a chunk of a 32-bit loss with a jittering clock: about 21 bits of noise in the value, 4 in the clock, none in the step.
    [Fact]
    public void Encode_NoisyFloatLoss_StaysWithinItsBudget() =>
        Assert.InRange(SpecialNumbers.Curve(4096, 11).Encode().Length, 1, (int)(3.9 * 4096));

    // A mini-block of a constant or evenly rising column is its head, a base of one or two bytes and no bits: at most 3 x 3 bytes for 128 points, and 31 bytes around them.
    [Fact]
    public void Encode_ConstantValueEvenClock_TakesOnlyHeads()
    {
        var steps = Enumerable.Range(0, 4096).Select(i => (long)i).ToArray();
        var wallTimes = steps.Select(step => (1753000000000 + 50 * step) / 1000.0).ToArray();
        var values = Enumerable.Repeat(0.1, 4096).ToArray();

        Assert.InRange(ChunkCodec.Encode(steps, wallTimes, values).Length, 1, 32 * 9 + 31);
    }

    // One point is a header of 3, a checksum of 4, a step of 3, 6 bytes of milliseconds and 5 of float: blocks of one must stay cheap, the inbox is full of them.
    [Fact]
    public void Encode_OnePoint_TakesTwentyOneBytes() =>
        Assert.InRange(ChunkCodec.Encode([100_000], [1753000000.123], [0.5f]).Length, 1, 21);

    // A cosine schedule logged as doubles differs in all 52 bits from step to step; its differences of differences have about 16.
    [Fact]
    public void Encode_SmoothScheduleOfDoubles_TakesUnderHalfItsBits()
    {
        var columns = SpecialNumbers.Curve(4096, 1);
        for (var i = 0; i < columns.Values.Length; i++)
            columns.Values[i] = 0.0005 * (1 + Math.Cos(Math.PI * i / 10000));

        Assert.InRange(columns.Encode().Length, 1, 4 * 4096);
    }

    private static void AssertRoundTrip(SpecialNumbers.Columns columns)
    {
        var data = columns.Encode();
        var decoded = ChunkCodec.Decode(data);

        Assert.Equal(columns.Steps.Length, ChunkCodec.ReadCount(data));
        Assert.Equal(columns.Steps.Length, decoded.Count);
        Assert.True(columns.Steps.AsSpan().SequenceEqual(decoded.Steps));
        Assert.True(BitsOf(columns.WallTimes).SequenceEqual(BitsOf(decoded.WallTimes)));
        Assert.True(BitsOf(columns.Values).SequenceEqual(BitsOf(decoded.Values)));
    }

    private static ReadOnlySpan<long> BitsOf(double[] column) => MemoryMarshal.Cast<double, long>(column);
}
