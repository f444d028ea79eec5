using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Series.Tests;

/// <summary>Columns made of what breaks codecs, and generators that mix it with ordinary training curves.</summary>
internal static class SpecialNumbers
{
    public static readonly double[] Doubles =
    [
        0.0, -0.0, 1.0, -1.0, 0.1, double.Epsilon, -double.Epsilon, double.MinValue, double.MaxValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, float.Epsilon, float.MaxValue, float.MinValue, float.MaxValue * 2.0,
        2.2250738585072014E-308, 1.17549435E-38f, 1L << 53, (1L << 53) + 2.0, -(1L << 53), 1e15, 1e18, 9.3e18, -9.3e18, 1e300,
        1753000000, 1753000000.001, 1753000000.123, 1753000000.123456, 1753000000.1234567, -0.001, -0.0000001,
        Bits(0x7FF0000000000001), Bits(0x7FF8000000000001), Bits(0xFFF8000000000000), Bits(0xFFFFFFFFFFFFFFFF),
        Bits(0x7FF0000020000000), Bits(0x7FF4000000000000), Bits(0xFFF0000020000000), Bits(0x7FFFFFFFE0000000), Bits(0x7FF7FFFFE0000000),
    ];

    public static readonly long[] Steps =
    [
        0, 1, -1, 127, 128, -128, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue + 1, 1L << 56,
    ];

    public static readonly Gen<double> AnyDouble = Gen.Frequency(
        (3, Gen.Elements(Doubles)),
        (3, ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble)),
        (2, ArbMap.Default.GeneratorFor<int>().Select(bits => (double)BitConverter.Int32BitsToSingle(bits))),
        (2, ArbMap.Default.GeneratorFor<int>().Select(milliseconds => milliseconds / 1000.0)));

    public static readonly Gen<long> AnyStep = Gen.Frequency(
        (2, Gen.Elements(Steps)),
        (3, Gen.Choose(-1000, 1000).Select(step => (long)step)),
        (1, Gen.Choose(int.MinValue, int.MaxValue).Select(step => step * 4294967311L)));

    /// <summary>Columns whose flavours differ: each is constant, smooth, noisy, of one kind of number, or of anything at all.</summary>
    public static readonly Gen<Columns> AnyColumns =
        from count in Gen.Frequency((3, Gen.Choose(1, 20)), (3, Gen.Choose(120, 140)), (2, Gen.Choose(250, 600)))
        from seed in Gen.Choose(0, int.MaxValue)
        from stepKind in Gen.Choose(0, 4)
        from wallKind in Gen.Choose(0, 6)
        from valueKind in Gen.Choose(0, 6)
        from steps in Gen.ArrayOf(AnyStep, count)
        from walls in Gen.ArrayOf(AnyDouble, count)
        from values in Gen.ArrayOf(AnyDouble, count)
        select new Columns(
            OfStepKind(stepKind, steps, new Random(seed)),
            OfKind(wallKind, walls, new Random(seed + 1)),
            OfKind(valueKind, values, new Random(seed + 2)));

    /// <summary>A training curve: a decaying loss as 32-bit floats, steps by one, a clock in milliseconds that is up to two off.</summary>
    public static Columns Curve(int count, int seed)
    {
        var random = new Random(seed);
        var columns = new Columns(new long[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            columns.Steps[i] = i;
            columns.WallTimes[i] = Math.Round(1753000000 + i * 0.05 + random.Next(-2, 3) / 1000.0, 3);
            var noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            columns.Values[i] = (float)((2.3 * Math.Exp(-i / 1500.0) + 0.2) * (1 + 0.1 * noise));
        }
        return columns;
    }

    private static long[] OfStepKind(int kind, long[] any, Random random)
    {
        for (var i = 0; i < any.Length; i++)
        {
            any[i] = kind switch
            {
                0 => 17,
                1 => any[0] + i,
                2 => i * i * 3L,
                3 => i + random.Next(3),
                _ => any[i],
            };
        }
        return any;
    }

    private static double[] OfKind(int kind, double[] any, Random random)
    {
        for (var i = 0; i < any.Length; i++)
        {
            any[i] = kind switch
            {
                0 => any[0],
                1 => Math.Round(1753000000 + i * 0.05 + random.NextDouble(), 3),
                2 => Math.Round(1753000000 + i * 0.05 + random.NextDouble(), 6),
                3 => 1753000000 + i,
                4 => (float)random.NextDouble(),
                5 => Math.Cos(i / 100.0),
                _ => any[i],
            };
        }
        return any;
    }

    private static double Bits(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    /// <summary>Three columns of equal length.</summary>
    internal sealed record Columns(long[] Steps, double[] WallTimes, double[] Values)
    {
        public byte[] Encode() => ChunkCodec.Encode(Steps, WallTimes, Values);

        public LevelEntry Summarize(int start, int count) =>
            SeriesLevels.Summarize(Steps.AsSpan(start, count), WallTimes.AsSpan(start, count), Values.AsSpan(start, count));

        public override string ToString() =>
            $"{Steps.Length} points\n{string.Join(',', Steps)}\n{string.Join(',', WallTimes.Select(Hex))}\n{string.Join(',', Values.Select(Hex))}";

        private static string Hex(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("X16");
    }
}
