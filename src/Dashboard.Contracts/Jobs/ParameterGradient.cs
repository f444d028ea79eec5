namespace Dashboard.Contracts;

/// <summary>The gradient of one parameter.</summary>
public sealed record ParameterGradient
{
    /// <summary>Its name in the module.</summary>
    public required string Name { get; init; }
    /// <summary>Its sizes.</summary>
    public required IReadOnlyList<long> Shape { get; init; }
    /// <summary>Number of its elements.</summary>
    public required long Size { get; init; }
    /// <summary>Norm of its gradient, over the finite elements.</summary>
    public required double Norm { get; init; }
    /// <summary>Norm of the parameter.</summary>
    public required double WeightNorm { get; init; }
    /// <summary>Largest absolute value of a finite element.</summary>
    public required double Largest { get; init; }
    /// <summary>The finite elements; edges are signed and logarithmic.</summary>
    public required ValueHistogram Histogram { get; init; }
    /// <summary>Share of elements that are zero.</summary>
    public required double Zeros { get; init; }
    /// <summary>Elements that are NaN or infinite.</summary>
    public required long NonFinite { get; init; }
}
