namespace Dashboard.Analysis;

/// <summary>Orders points along a curve through all places [Morton 1966], so that points near each other lie near each other in memory.</summary>
internal sealed unsafe class MortonOrder
{
    // Digits of the sort by digits: three passes at the most.
    private const int DigitBits = 11;

    private readonly TsneSpace _space;
    private readonly int _sideBits;
    private readonly Action<int, int, int> _keys;
    private readonly float[] _least = new float[3];
    private uint[] _other;
    private int[] _otherPoints;
    private double _scale;

    public MortonOrder(TsneSpace space)
    {
        (_space, _sideBits, _keys) = (space, space.Dimensions == 2 ? 16 : 10, FindKeys);
        (Keys, _other, Points, _otherPoints) = (new uint[space.Points], new uint[space.Points], new int[space.Points], new int[space.Points]);
    }

    /// <summary>Bits of a key: those of all dimensions in turn.</summary>
    public int Bits => _sideBits * _space.Dimensions;

    /// <summary>Keys, rising.</summary>
    public uint[] Keys { get; private set; }

    /// <summary>For each place in the order, the point. Points of one cell by rising number.</summary>
    public int[] Points { get; private set; }

    /// <summary>Orders the points where they are now.</summary>
    public void Sort(PhaseTeam team)
    {
        var extent = 0f;
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            _least[dimension] = _space.Least[dimension];
            extent = Math.Max(extent, _space.Most[dimension] - _least[dimension]);
        }
        _scale = extent > 0 ? (1 << _sideBits) / (1.000001 * extent) : 0;
        team.RunBlocks(_space.Points, TsneSpace.BlockPoints, _keys);
        for (var shift = 0; shift < Bits; shift += DigitBits) SortByDigit(shift);
    }

    private void FindKeys(int block, int first, int end)
    {
        for (var point = first; point < end; point++)
        {
            uint key = 0;
            for (var dimension = 0; dimension < _space.Dimensions; dimension++)
            {
                var place = (uint)Math.Clamp((int)((_space.Positions[dimension].Pointer[point] - _least[dimension]) * _scale), 0, (1 << _sideBits) - 1);
                key |= (_space.Dimensions == 2 ? SpreadByTwo(place) : SpreadByThree(place)) << dimension;
            }
            (Keys[point], Points[point]) = (key, point);
        }
    }

    private void SortByDigit(int shift)
    {
        const uint mask = (1 << DigitBits) - 1;
        Span<int> places = stackalloc int[1 << DigitBits];
        places.Clear();
        foreach (var key in Keys) places[(int)((key >> shift) & mask)]++;
        var sum = 0;
        foreach (ref var place in places) (place, sum) = (sum, sum + place);
        for (var at = 0; at < Keys.Length; at++)
        {
            var place = places[(int)((Keys[at] >> shift) & mask)]++;
            (_other[place], _otherPoints[place]) = (Keys[at], Points[at]);
        }
        (Keys, _other) = (_other, Keys);
        (Points, _otherPoints) = (_otherPoints, Points);
    }

    // Bits with room for another dimension's between them: halves go apart, then quarters, and so on.
    private static uint SpreadByTwo(uint value)
    {
        value = (value | (value << 8)) & 0x00FF00FF;
        value = (value | (value << 4)) & 0x0F0F0F0F;
        value = (value | (value << 2)) & 0x33333333;
        return (value | (value << 1)) & 0x55555555;
    }

    private static uint SpreadByThree(uint value)
    {
        value = (value | (value << 16)) & 0x030000FF;
        value = (value | (value << 8)) & 0x0300F00F;
        value = (value | (value << 4)) & 0x030C30C3;
        return (value | (value << 2)) & 0x09249249;
    }
}
