namespace Dashboard.Analysis.Tests;

public sealed unsafe class LaneFourierTests
{
    // Every radix, alone and mixed.
    [Theory]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(48)]
    [InlineData(120)]
    [InlineData(200)]
    public void Forward_AnyLength_IsTheSumOfTheDefinition(int length)
    {
        Check<WideAny>(length);
        if (Tsne.Widest) Check<Wide512>(length);
    }

    [Fact]
    public void LengthFor_AnyNumber_IsAsLongAndHasSmallFactors()
    {
        Assert.Equal(8, LaneFourier<WideAny>.LengthFor(1));
        Assert.Equal(120, LaneFourier<WideAny>.LengthFor(113));
        Assert.Equal(128, LaneFourier<WideAny>.LengthFor(121));
        Assert.Throws<ArgumentException>(() => new LaneFourier<WideAny>(14));
    }

    private static void Check<T>(int length)
        where T : unmanaged, IWide<T>
    {
        var random = new Random(3);
        var data = new AlignedArray<float>(length * LaneFourier<T>.Stride);
        foreach (ref var number in data.Span) number = (float)(2 * random.NextDouble() - 1);
        var before = data.Span.ToArray();
        var fourier = new LaneFourier<T>(length);

        fourier.Forward(data.Pointer);

        for (var place = 0; place < length; place++)
        {
            foreach (var lane in (int[])[0, T.Count - 1])
            {
                double re = 0, im = 0;
                for (var at = 0; at < length; at++)
                {
                    var (sine, cosine) = Math.SinCos(-2 * Math.PI * at * fourier.Frequencies[place] / length);
                    double x = before[at * 2 * T.Count + lane], y = before[at * 2 * T.Count + T.Count + lane];
                    re += x * cosine - y * sine;
                    im += x * sine + y * cosine;
                }
                // Sums of up to 200 numbers below one, in float32.
                Assert.Equal(re, data.Span[place * 2 * T.Count + lane], 2e-5);
                Assert.Equal(im, data.Span[place * 2 * T.Count + T.Count + lane], 2e-5);
            }
        }
        fourier.Inverse(data.Pointer);
        for (var at = 0; at < before.Length; at++) Assert.Equal(before[at], data.Span[at] / length, 1e-6);
    }
}
