namespace Dashboard.Analysis;

/// <summary>Orders points along a curve through all places [Morton 1966], so that points near each other lie near each other in memory.</summary>
internal static class TsneOrder
{
    // With fewer points everything is in the cache of one core anyway.
    private const int FewestPoints = 20_000;

    // Cells along a side: as fine as neighbourhoods of some tens of points need.
    private const int SideBits = 10;

    /// <summary>Whether the order matters.</summary>
    public static bool Worthwhile(TsneSpace space) => space.Points >= FewestPoints;

    /// <summary>For each place in the order, the point.</summary>
    public static int[] Of(TsneSpace space)
    {
        var order = new int[space.Points];
        var keys = new uint[space.Points];
        var (least, extent) = (new float[space.Dimensions], 0f);
        for (var dimension = 0; dimension < space.Dimensions; dimension++)
        {
            var positions = space.Positions[dimension].Span[..space.Points];
            (least[dimension], var most) = (float.MaxValue, float.MinValue);
            foreach (var position in positions) (least[dimension], most) = (Math.Min(least[dimension], position), Math.Max(most, position));
            extent = Math.Max(extent, most - least[dimension]);
        }
        var scale = extent > 0 ? (1 << SideBits) / (1.0001f * extent) : 0;
        for (var point = 0; point < space.Points; point++)
        {
            uint key = 0;
            for (var dimension = 0; dimension < space.Dimensions; dimension++)
                key |= Spread((uint)((space.Positions[dimension].Span[point] - least[dimension]) * scale), space.Dimensions) << dimension;
            (order[point], keys[point]) = (point, key);
        }
        // Points of one cell keep their order, so that the result is the same on every machine.
        var stable = new ulong[space.Points];
        for (var point = 0; point < space.Points; point++) stable[point] = ((ulong)keys[point] << 32) | (uint)point;
        Array.Sort(stable);
        for (var point = 0; point < space.Points; point++) order[point] = (int)(uint)stable[point];
        return order;
    }

    // Bits, each with room for the other dimensions' between it and the next.
    private static uint Spread(uint value, int dimensions)
    {
        uint spread = 0;
        for (var bit = 0; bit < SideBits; bit++) spread |= ((value >> bit) & 1) << (bit * dimensions);
        return spread;
    }
}
