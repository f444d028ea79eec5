using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Series.Tests;

public sealed class BucketBuilderTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1500).WithReplay(20260731, 17);

    [Fact]
    public void Build_AnyMixOfPointsAndEntries_EqualsTheNaiveGrouping()
    {
        var cases =
            from columns in SpecialNumbers.AnyColumns
            from buckets in Gen.Frequency((3, Gen.Choose(1, 12)), (2, Gen.Choose(13, 700)))
            from expected in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 1200)), (2, Gen.Constant(columns.Steps.Length)), (1, Gen.Constant(int.MaxValue)))
            from seed in Gen.Choose(0, int.MaxValue)
            from entryShare in Gen.Elements(0, 30, 100)
            select (columns, buckets, expected, seed, entryShare);

        Check.One(Thorough, Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var (columns, buckets, expected, seed, entryShare) = sample;
            var builder = new BucketBuilder(buckets, expected);
            var items = Feed(builder, columns, new Random(seed), entryShare);

            AssertSame(Naive(columns, items, buckets, expected), builder.Build(), buckets);
        }));
    }

    [Fact]
    public void Build_NoMorePointsThanBuckets_KeepsEveryPoint()
    {
        var columns = SpecialNumbers.Curve(500, 1);
        var builder = new BucketBuilder(500, 100_000);
        builder.AddPoints(columns.Steps, columns.WallTimes, columns.Values);

        var series = builder.Build();

        Assert.Equal(columns.Steps, series.Steps);
        Assert.Equal(columns.WallTimes, series.WallTimes);
        Assert.Equal(columns.Values, series.Values);
        Assert.Equal(columns.Values, series.Min);
        Assert.Equal(columns.Values, series.Max);
        Assert.Equal(500, series.Total);
    }

    [Theory]
    [InlineData(10, 1000, 1000, 10)]
    [InlineData(10, 1001, 1001, 10)]
    [InlineData(10, 100, 1000, 7)]
    [InlineData(10, 5000, 1000, 2)]
    [InlineData(10, 1000, 10, 10)]
    [InlineData(1, 0, 1000, 1)]
    public void Build_KnownShares_GivesSoManyBuckets(int buckets, int expectedPoints, int points, int result)
    {
        var columns = SpecialNumbers.Curve(points, 2);
        var builder = new BucketBuilder(buckets, expectedPoints);
        builder.AddPoints(columns.Steps, columns.WallTimes, columns.Values);

        Assert.Equal(result, builder.Build().Steps.Length);
    }

    [Fact]
    public void Build_EndsInAPoint_ShowsTheNewestPoint()
    {
        var columns = SpecialNumbers.Curve(1000, 3);
        var builder = new BucketBuilder(10, 1000);
        builder.AddPoints(columns.Steps, columns.WallTimes, columns.Values);

        var series = builder.Build();

        Assert.Equal(999, series.Steps[^1]);
        Assert.Equal(columns.WallTimes[999], series.WallTimes[^1]);
        Assert.Equal(columns.Values[999], series.Values[^1]);
        Assert.Equal(800, series.Steps[^2]);
    }

    [Fact]
    public void Build_EndsInAnEntry_ShowsTheFirstPointOfItsBucket()
    {
        var columns = SpecialNumbers.Curve(1000, 3);
        var builder = new BucketBuilder(10, 1000);
        builder.AddPoints(columns.Steps.AsSpan(0, 950), columns.WallTimes.AsSpan(0, 950), columns.Values.AsSpan(0, 950));
        builder.Add(columns.Summarize(950, 50));

        var series = builder.Build();

        Assert.Equal(900, series.Steps[^1]);
        Assert.Equal(columns.Values[900..].Max(), series.Max[^1]);
    }

    [Fact]
    public void Build_Twice_ThenMorePoints_GoesOn()
    {
        var builder = new BucketBuilder(4, 4);
        builder.AddPoint(1, 1, 1);
        Assert.Equal([1L], builder.Build().Steps);
        Assert.Equal([1L], builder.Build().Steps);
        builder.AddPoint(2, 2, double.NaN);

        var series = builder.Build();

        Assert.Equal([1L, 2L], series.Steps);
        Assert.Equal([0, 1], series.NonFinite);
        Assert.Equal([1, double.NaN], series.Min);
    }

    [Fact]
    public void Build_NothingAdded_IsEmpty()
    {
        var series = new BucketBuilder(10, 1000).Build();

        Assert.Equal(0, series.Total);
        Assert.Empty(series.Steps);
        Assert.Empty(series.NonFinite);
    }

    [Fact]
    public void Build_HugeEntries_CountsBeyondAnInt()
    {
        var builder = new BucketBuilder(3, long.MaxValue);
        for (var i = 0; i < 10; i++)
            builder.Add(new LevelEntry { Count = int.MaxValue, NonFinite = int.MaxValue, Min = double.NaN, Max = double.NaN });

        var series = builder.Build();

        Assert.Equal(10L * int.MaxValue, series.Total);
        Assert.Equal([int.MaxValue], series.NonFinite);
    }

    [Fact]
    public void Add_EntryOfNoPoints_Refuses() => Assert.Throws<ArgumentException>(() => new BucketBuilder(1, 1).Add(default));

    [Fact]
    public void AddPoints_ColumnsOfDifferentLengths_Refuses() =>
        Assert.Throws<ArgumentException>(() => new BucketBuilder(1, 1).AddPoints(new long[2], new double[2], new double[1]));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    public void Constructor_ImpossibleLimits_Refuses(int buckets, long expectedPoints) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BucketBuilder(buckets, expectedPoints));

    /// <summary>Adds all points in stretches, some as entries, some singly; returns where each item starts and whether the last is a point.</summary>
    private static (List<(int Start, int Count)> Items, bool EndsInPoint) Feed(
        BucketBuilder builder, SpecialNumbers.Columns columns, Random random, int entryShare)
    {
        var items = new List<(int, int)>();
        var endsInPoint = false;
        for (var start = 0; start < columns.Steps.Length;)
        {
            var count = random.Next(1, 1 + Math.Min(random.Next(1, 60), columns.Steps.Length - start));
            var asEntry = random.Next(100) < entryShare;
            if (asEntry)
                builder.Add(columns.Summarize(start, count));
            else if (count == 1)
                builder.AddPoint(columns.Steps[start], columns.WallTimes[start], columns.Values[start]);
            else
                builder.AddPoints(columns.Steps.AsSpan(start, count), columns.WallTimes.AsSpan(start, count), columns.Values.AsSpan(start, count));
            if (asEntry)
                items.Add((start, count));
            else
                items.AddRange(Enumerable.Range(start, count).Select(i => (i, 1)));
            endsInPoint = !asEntry;
            start += count;
        }
        return (items, endsInPoint);
    }

    private static BucketedSeries Naive(
        SpecialNumbers.Columns columns, (List<(int Start, int Count)> Items, bool EndsInPoint) fed, int buckets, long expected)
    {
        var lastStart = fed.Items[^1].Start;
        var share = 1L;
        while (lastStart / share >= buckets)
            share = share == 1 ? Math.Max(2, (expected + buckets - 1) / buckets) : share * 2;

        var groups = fed.Items.GroupBy(item => item.Start / share)
            .Select(group => (First: group.First().Start, Values: group.SelectMany(item => columns.Values.Skip(item.Start).Take(item.Count)).ToArray()))
            .ToArray();
        var represented = groups.Select(group => group.First).ToArray();
        if (fed.EndsInPoint)
            represented[^1] = columns.Steps.Length - 1;
        return new BucketedSeries(
            columns.Steps.Length,
            represented.Select(i => columns.Steps[i]).ToArray(),
            represented.Select(i => columns.WallTimes[i]).ToArray(),
            represented.Select(i => columns.Values[i]).ToArray(),
            groups.Select(group => group.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Aggregate(Math.Min)).ToArray(),
            groups.Select(group => group.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Aggregate(Math.Max)).ToArray(),
            groups.Select(group => group.Values.Count(value => !double.IsFinite(value))).ToArray());
    }

    private static void AssertSame(BucketedSeries expected, BucketedSeries actual, int buckets)
    {
        Assert.InRange(actual.Steps.Length, 1, buckets);
        Assert.Equal(expected.Total, actual.Total);
        Assert.Equal(expected.Steps, actual.Steps);
        Assert.Equal(expected.NonFinite, actual.NonFinite);
        Assert.Equal(BitsOf(expected.WallTimes), BitsOf(actual.WallTimes));
        Assert.Equal(BitsOf(expected.Values), BitsOf(actual.Values));
        Assert.Equal(BitsOf(expected.Min), BitsOf(actual.Min));
        Assert.Equal(BitsOf(expected.Max), BitsOf(actual.Max));
    }

    private static long[] BitsOf(double[] column) => column.Select(BitConverter.DoubleToInt64Bits).ToArray();
}
