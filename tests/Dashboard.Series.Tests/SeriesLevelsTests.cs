using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Series.Tests;

public sealed class SeriesLevelsTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260731, 13);

    [Fact]
    public void LevelEntry_Layout_IsSixtyFourBytes() => Assert.Equal(64, Marshal.SizeOf<LevelEntry>());

    [Fact]
    public void Summarize_AnyColumns_EqualsTheNaiveSum() =>
        Check.One(Thorough, Prop.ForAll(SpecialNumbers.AnyColumns.ToArbitrary(), columns =>
            AssertSame(Naive(columns, 0, columns.Steps.Length), columns.Summarize(0, columns.Steps.Length))));

    [Fact]
    public void Summarize_NothingFinite_HasNoExtremes()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.NaN];

        var entry = SeriesLevels.Summarize(new long[5], new double[5], values);

        Assert.True(double.IsNaN(entry.Min) && double.IsNaN(entry.Max));
        Assert.Equal(5, entry.NonFinite);
    }

    [Fact]
    public void Summarize_NoPoints_Refuses() => Assert.Throws<ArgumentException>(() => SeriesLevels.Summarize([], [], []));

    [Fact]
    public void Merge_SplitAnywhere_EqualsTheWhole() =>
        Check.One(Thorough, Prop.ForAll(SpecialNumbers.AnyColumns.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (columns, choice) =>
        {
            var count = columns.Steps.Length;
            if (count < 3)
                return;
            var first = 1 + choice % (count - 2);
            var second = first + 1 + choice % (count - first - 1);
            var a = columns.Summarize(0, first);
            var b = columns.Summarize(first, second - first);
            var c = columns.Summarize(second, count - second);
            var whole = columns.Summarize(0, count);

            AssertSame(whole, SeriesLevels.Merge(SeriesLevels.Merge(a, b), c));
            AssertSame(whole, SeriesLevels.Merge(a, SeriesLevels.Merge(b, c)));
            AssertSame(whole, SeriesLevels.Merge([a, b, c]));
        }));

    [Fact]
    public void Merge_NoEntries_Refuses() => Assert.Throws<ArgumentException>(() => SeriesLevels.Merge([]));

    [Fact]
    public void Merge_MorePointsThanAnIntCounts_Throws()
    {
        var entry = new LevelEntry { Count = int.MaxValue };

        Assert.Throws<OverflowException>(() => SeriesLevels.Merge(entry, entry));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 256, 1)]
    [InlineData(0, 257, 2)]
    [InlineData(255, 1, 1)]
    [InlineData(255, 2, 2)]
    [InlineData(100, 4096, 17)]
    [InlineData(1_000_000_000_000, 600, 3)]
    [InlineData(long.MaxValue - 10, 5, 1)]
    public void FineEntries_AnyPlaceInTheSeries_SplitsAtMultiplesOfTheSpan(long firstIndex, int count, int stretches)
    {
        var columns = SpecialNumbers.Curve(count, 21);

        var entries = SeriesLevels.ReadEntries(SeriesLevels.FineEntries(columns.Steps, columns.WallTimes, columns.Values, firstIndex));

        var expected = Enumerable.Range(0, count)
            .GroupBy(i => (firstIndex + i) / SeriesLevels.FineSpan)
            .Select(stretch => Naive(columns, stretch.First(), stretch.Count()))
            .ToArray();
        Assert.Equal(stretches, entries.Length);
        Assert.Equal(expected.Length, entries.Length);
        for (var i = 0; i < entries.Length; i++)
            AssertSame(expected[i], entries[i]);
    }

    [Fact]
    public void WriteEntries_NoEntries_Refuses()
    {
        Assert.Throws<ArgumentException>(() => SeriesLevels.WriteEntries([]));
        Assert.Throws<ArgumentException>(() => SeriesLevels.FineEntries([], [], [], 0));
        Assert.Throws<ArgumentException>(() => SeriesLevels.FineEntries([], [], [], 77));
    }

    [Fact]
    public void ReadEntries_ZeroBytes_Throws()
    {
        // The checksum of nothing is zero.
        for (var length = 0; length <= 200; length++)
            Assert.Throws<ChunkDamagedException>(() => SeriesLevels.ReadEntries(new byte[length]));
    }

    [Fact]
    public void FineEntries_NegativeIndex_Refuses() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SeriesLevels.FineEntries([1], [1], [1], -1));

    [Fact]
    public void ReadEntries_AnyBitFlippedOrByteMissing_Throws()
    {
        var columns = SpecialNumbers.Curve(600, 22);
        var data = SeriesLevels.FineEntries(columns.Steps, columns.WallTimes, columns.Values, 0);
        for (var bit = 0; bit < data.Length * 8; bit++)
        {
            data[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Throws<ChunkDamagedException>(() => SeriesLevels.ReadEntries(data));
            data[bit / 8] ^= (byte)(1 << bit % 8);
        }
        for (var length = 0; length < data.Length; length++)
            Assert.Throws<ChunkDamagedException>(() => SeriesLevels.ReadEntries(data.AsSpan(0, length)));
    }

    [Fact]
    public void ReadEntries_LengthOfNoWholeEntries_Throws()
    {
        var content = new byte[65];
        byte[] data = [.. content, .. BitConverter.GetBytes(Crc32C.Compute(content))];

        Assert.Throws<ChunkDamagedException>(() => SeriesLevels.ReadEntries(data));
    }

    [Fact]
    public void IsMonotone_OneDropAnywhere_FindsIt()
    {
        for (var count = 0; count < 30; count++)
        {
            var steps = Enumerable.Range(0, count).Select(i => i / 2L + long.MinValue).ToArray();
            Assert.True(SeriesLevels.IsMonotone(steps));
            for (var at = 1; at < count; at++)
            {
                var dropped = steps.ToArray();
                dropped[at - 1] = long.MaxValue;
                Assert.False(SeriesLevels.IsMonotone(dropped));
            }
        }
    }

    private static LevelEntry Naive(SpecialNumbers.Columns columns, int start, int count)
    {
        var steps = columns.Steps.Skip(start).Take(count).ToArray();
        var values = columns.Values.Skip(start).Take(count).ToArray();
        var finite = values.Where(double.IsFinite).ToArray();
        return new LevelEntry
        {
            MinStep = steps.Min(),
            MaxStep = steps.Max(),
            FirstStep = steps[0],
            FirstWallTime = columns.WallTimes[start],
            FirstValue = values[0],
            // Math.Min and Math.Max put -0 below 0; LINQ's treat them as equal.
            Min = finite.Length == 0 ? double.NaN : finite.Aggregate(Math.Min),
            Max = finite.Length == 0 ? double.NaN : finite.Aggregate(Math.Max),
            Count = count,
            NonFinite = count - finite.Length,
        };
    }

    private static void AssertSame(LevelEntry expected, LevelEntry actual) =>
        Assert.Equal(Convert.ToHexString(BytesOf(expected)), Convert.ToHexString(BytesOf(actual)));

    private static byte[] BytesOf(LevelEntry entry) => MemoryMarshal.AsBytes(new ReadOnlySpan<LevelEntry>(in entry)).ToArray();
}
