namespace Dashboard.Analysis;

/// <summary>SplitMix64 [Steele, Lea and Flood 2014]: own code, so that a seed means the same on every version of the runtime.</summary>
internal struct SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>A stream of its own for each seed and number.</summary>
    public SeededRandom(ulong seed, int stream) => _state = Mix(Mix(seed + Golden) ^ (ulong)stream);

    public ulong Next() => Mix(_state += Golden);

    /// <summary>A number from 0 to below <paramref name="bound"/>; the bias of the multiplication is below bound/2⁶⁴.</summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from 0 to below 1, of 53 bits.</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Fisher and Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var at = items.Length - 1; at > 0; at--)
        {
            var other = Next(at + 1);
            (items[at], items[other]) = (items[other], items[at]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
