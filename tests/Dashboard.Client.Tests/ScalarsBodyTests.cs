namespace Dashboard.Client.Tests;

public sealed class ScalarsBodyTests
{
    public static TheoryData<long[], double[], double[]> Columns => new()
    {
        { [5], [0.5], [1790000000.25] },
        { [0, 1, 2], [0.5, 0.25, double.NaN], [1790000000.001, 1790000000.002, 1790000000.001] },
        { [0, 10, 20], [0.1, 1e300, double.NegativeInfinity], [1.0, 2.0, 3.0] },
        { [3, 2, 1, 7], [-0.0, double.Epsilon, 1, 2], [0.1234567, 2, 3, 4] },
        { [long.MinValue, long.MaxValue], [1, 2], [0, 5e6] },
        { [long.MaxValue, long.MaxValue], [1, 2], [-1e300, 1e300] },
        { [1, 2], [1, 2], [double.Epsilon, 4294967.296] },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Write_AnyColumns_ReadBackBitForBit(long[] steps, double[] values, double[] times)
    {
        var columns = new[] { Column("a", steps, values, times), Column("größe/β", steps, values, times) };

        var points = PackedScalars.Read(ScalarsBody.Write("p", "läuft/1", columns));

        Assert.Equal(steps.Concat(steps), points.Select(p => p.Step));
        Assert.Equal(Bits(values.Concat(values)), Bits(points.Select(p => p.Value)));
        Assert.Equal(Bits(times.Concat(times)), Bits(points.Select(p => p.WallTime)));
        Assert.Equal(steps.Select(_ => "a").Concat(steps.Select(_ => "größe/β")), points.Select(p => p.Tag));
        Assert.All(points, p => Assert.Equal("läuft/1", p.Run));
    }

    [Fact]
    public void Write_RegularStepsAndSingles_TakesEightBytesAPoint()
    {
        var steps = Enumerable.Range(0, 1000).Select(i => (long)i).ToArray();
        var body = ScalarsBody.Write("p", "r", [Column("loss", steps, [.. steps.Select(i => (double)(0.1f * i))], [.. steps.Select(i => 1790000000 + i / 1000.0)])]);
        // 1,000 times and values of 4 bytes; names, counts and starts take less than 100.
        Assert.InRange(body.Length, 8000, 8100);
    }

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);

    private static TagColumn Column(string tag, long[] steps, double[] values, double[] times)
    {
        var column = new TagColumn(tag);
        for (var i = 0; i < steps.Length; i++)
            column.Add(new LoggedEvent(tag, steps[i], values[i], times[i], null));
        return column;
    }
}
