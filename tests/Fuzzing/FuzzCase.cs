namespace Dashboard.Fuzzing;

/// <summary>A decoder under attack.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Corpus">Sound inputs, and odd ones that once were trouble.</param>
/// <param name="Decode">Reads one; throws one of <paramref name="Declared"/> where it refuses it.</param>
/// <param name="Declared">The exceptions that it says it throws.</param>
internal sealed record FuzzCase(string Name, IReadOnlyList<byte[]> Corpus, Action<byte[]> Decode, params IReadOnlyList<Type> Declared)
{
    /// <summary>Words of the format, put in and exchanged for one another.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    /// <summary>Makes the checksum right again, so that what lies behind it is reached.</summary>
    public Func<byte[], byte[]>? Seal { get; init; }

    /// <summary>Bytes that reading one input may allocate.</summary>
    public long MostBytes { get; init; } = 64L << 20;

    /// <summary>Characters of a refusal: it goes into answers and logs, and must not be as long as what it refuses.</summary>
    public int LongestMessage { get; init; } = 4096;
}
