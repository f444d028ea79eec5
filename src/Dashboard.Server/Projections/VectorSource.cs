using Dashboard.Analysis;

namespace Dashboard.Server;

/// <summary>Vectors that a spec names, found and measured but not read.</summary>
internal sealed record VectorSource
{
    /// <summary>Hash of the content of the vectors; to make it may take as long as to read them.</summary>
    public required Lazy<string> Hash { get; init; }

    /// <summary>Vectors.</summary>
    public required int Rows { get; init; }

    /// <summary>Numbers in a vector.</summary>
    public required int Columns { get; init; }

    /// <summary>Opens them for reading; what comes out is disposed of where it can be.</summary>
    public required Func<IVectorRows> Open { get; init; }

    /// <summary>Where metadata come from, unless the spec says otherwise.</summary>
    public required PointSource Points { get; init; }
}
