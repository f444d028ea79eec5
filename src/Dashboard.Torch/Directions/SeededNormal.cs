namespace Dashboard.Torch;

/// <summary>Standard normal numbers from SplitMix64 [Steele, Lea and Flood 2014] by the polar method: own code, so that a seed means the same on every version of the runtime.</summary>
internal sealed class SeededNormal
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;
    private double _spare = double.NaN;

    /// <summary>A stream of its own for each seed and number.</summary>
    public SeededNormal(ulong seed, int stream) => _state = Mix(Mix(seed + Golden) ^ (ulong)stream);

    public double Next()
    {
        if (!double.IsNaN(_spare))
        {
            var spare = _spare;
            _spare = double.NaN;
            return spare;
        }
        while (true)
        {
            var (u, v) = (2 * Uniform() - 1, 2 * Uniform() - 1);
            var square = u * u + v * v;
            if (square is >= 1 or 0) continue;
            var scale = Math.Sqrt(-2 * Math.Log(square) / square);
            _spare = v * scale;
            return u * scale;
        }
    }

    public void Fill(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Next();
    }

    /// <summary>Minus one or one [Rademacher].</summary>
    public void FillSigns(Span<double> values)
    {
        ulong bits = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (i % 64 == 0) bits = Bits();
            values[i] = (bits & 1) == 0 ? -1 : 1;
            bits >>= 1;
        }
    }

    /// <summary>A number for each number, different for different ones.</summary>
    public static ulong Hash(ulong seed, ulong value) => Mix(value ^ Mix(seed + Golden));

    /// <summary>A number from 0 to below 1, of 53 bits.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    private ulong Bits() => Mix(_state += Golden);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
