using System.Runtime.CompilerServices;

namespace Dashboard.Analysis;

/// <summary>A set of bins: 256 bits.</summary>
internal struct BinSet
{
    private Words _words;

    public readonly bool Holds(byte bin) => ((_words[bin >> 6] >> (bin & 63)) & 1) != 0;

    public void Add(int bin) => _words[bin >> 6] |= 1UL << (bin & 63);

    [InlineArray(4)]
    private struct Words
    {
        private ulong _first;
    }
}
