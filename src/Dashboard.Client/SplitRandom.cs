namespace Dashboard.Client;

/// <summary>SplitMix64 [Steele, Lea and Flood 2014], written down in docs/samples.md: the Python client draws the same numbers.</summary>
internal sealed class SplitRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var value = _state = unchecked(_state + 0x9E3779B97F4A7C15);
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }

    /// <summary>Fisher and Yates, from the end.</summary>
    public void Shuffle(int[] items)
    {
        for (var at = items.Length - 1; at > 0; at--)
        {
            var other = (int)Math.BigMul(Next(), (ulong)at + 1, out _);
            (items[at], items[other]) = (items[other], items[at]);
        }
    }
}
