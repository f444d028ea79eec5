namespace Dashboard.Analysis;

/// <summary>Doubles as whole numbers of the same order, which sort without comparing.</summary>
internal static class OrderedKeys
{
    private const ulong Sign = 1UL << 63;
    private const int Radix = 256;

    // Below this many the passes over the counts cost more than comparing.
    private const int FewestForRadix = 1500;

    /// <summary>The key of a value that is not NaN; the two zeros have one.</summary>
    public static ulong Of(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits & Sign) == 0 ? bits | Sign : ~bits;
    }

    /// <summary>The value of a key.</summary>
    public static double Value(ulong key) => BitConverter.UInt64BitsToDouble((key & Sign) == 0 ? ~key : key & ~Sign);

    /// <summary>Sorts rising, byte by byte from the lowest; bytes that all keys share cost nothing, and values that came from single precision share three.</summary>
    public static void Sort(ulong[] keys, ulong[] scratch)
    {
        if (keys.Length < FewestForRadix)
        {
            Array.Sort(keys);
            return;
        }
        var counts = new int[sizeof(ulong) * Radix];
        foreach (var key in keys)
        {
            for (var place = 0; place < sizeof(ulong); place++)
                counts[(place * Radix) + (int)((key >> (place * 8)) & 0xFF)]++;
        }
        var (from, to) = (keys, scratch);
        for (var place = 0; place < sizeof(ulong); place++)
        {
            var of = counts.AsSpan(place * Radix, Radix);
            if (of[(int)((from[0] >> (place * 8)) & 0xFF)] == keys.Length)
                continue;
            Starts(of);
            for (var at = 0; at < keys.Length; at++)
                to[of[(int)((from[at] >> (place * 8)) & 0xFF)]++] = from[at];
            (from, to) = (to, from);
        }
        if (from != keys)
            Array.Copy(from, keys, keys.Length);
    }

    private static void Starts(Span<int> counts)
    {
        var next = 0;
        for (var at = 0; at < counts.Length; at++)
            (counts[at], next) = (next, next + counts[at]);
    }
}
