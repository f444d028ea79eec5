namespace Dashboard.Server.Tests;

public sealed class HistogramTests
{
    [Fact]
    public void Of_Values_CountsEachOnceWithinItsEdges()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 5000).Select(_ => random.NextDouble() * 10 - 3).ToArray();
        var histogram = Histogram.Of(values);
        Assert.Equal(Histogram.Bins, histogram.Counts.Length);
        Assert.Equal((values.Min(), values.Max()), (histogram.Edges[0], histogram.Edges[^1]));
        for (var bin = 0; bin < Histogram.Bins; bin++)
        {
            var last = bin == Histogram.Bins - 1;
            Assert.Equal(values.Count(value => value >= histogram.Edges[bin] && (value < histogram.Edges[bin + 1] || (last && value == histogram.Edges[bin + 1]))), histogram.Counts[bin]);
        }
    }

    [Fact]
    public void Of_NonFiniteValues_CountsThemApart()
    {
        var histogram = Histogram.Of([1, double.NaN, 2, double.PositiveInfinity, double.NegativeInfinity]);
        Assert.Equal((3, 2), (histogram.NonFinite, histogram.Counts.Sum()));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-5.0)]
    [InlineData(1e300)]
    [InlineData(double.MaxValue)]
    [InlineData(5e-324)]
    public void Of_OneDistinctValue_HasABinAroundIt(double value)
    {
        var histogram = Histogram.Of([value, value]);
        Assert.Equal([2.0], histogram.Counts);
        Assert.True(histogram.Edges[0] <= value && value <= histogram.Edges[1] && histogram.Edges[0] < histogram.Edges[1]);
        Assert.All(histogram.Edges, edge => Assert.True(double.IsFinite(edge)));
    }

    [Theory]
    [InlineData(double.MinValue, double.MaxValue)]
    [InlineData(1.0, 1.0000000000000002)]
    [InlineData(0.0, 5e-324)]
    public void Of_ExtremeRanges_KeepsRisingFiniteEdges(double low, double high)
    {
        var histogram = Histogram.Of([low, high]);
        Assert.Equal(2, histogram.Counts.Sum());
        for (var at = 1; at < histogram.Edges.Length; at++)
            Assert.True(double.IsFinite(histogram.Edges[at]) && histogram.Edges[at] > histogram.Edges[at - 1]);
    }

    [Fact]
    public void Of_NothingFinite_HasOneEmptyBin()
    {
        var histogram = Histogram.Of([double.NaN]);
        Assert.Equal([0.0], histogram.Counts);
        Assert.Equal(1, histogram.NonFinite);
    }

    [Fact]
    public void Codec_AnyHistogram_ComesBackWithItsBits()
    {
        var given = new Histogram([-1, 0.1, double.MaxValue], [3, 1e-7], 4);
        var back = HistogramCodec.Decode(HistogramCodec.Encode(given));
        Assert.Equal(given.Edges, back.Edges);
        Assert.Equal(given.Counts, back.Counts);
        Assert.Equal(given.NonFinite, back.NonFinite);
    }

    [Theory]
    [InlineData(new[] { 0.5, -2, double.PositiveInfinity }, 4)]
    [InlineData(new[] { 0.5, 0.1 }, 8)]
    [InlineData(new[] { 1e300 }, 8)]
    public void Packed_Numbers_TakeTheFewestBytesThatLoseNothing(double[] values, int width) => Assert.Equal(width, PackedPayload.WidthOf(values));

    [Fact]
    public void Embedding_Codec_KeepsBitsAndMetadata()
    {
        var odd = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234);
        var given = new Matrix(2, 2, [0.1, odd, -0.0, 3]);
        var back = EmbeddingCodec.Decode(EmbeddingCodec.Encode(given, null)).Vectors;
        Assert.Equal(given.Values.Select(BitConverter.DoubleToInt64Bits), back.Values.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal((2, 2), (back.Rows, back.Columns));
    }
}
