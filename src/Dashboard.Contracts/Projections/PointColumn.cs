namespace Dashboard.Contracts;

/// <summary>One column of metadata: numbers, or texts by their place in a list.</summary>
public sealed record PointColumn
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary><c>number</c> or <c>category</c>.</summary>
    public required string Type { get; init; }
    /// <summary>Numbers, one a vector; NaN where there is none. Null for categories.</summary>
    public IReadOnlyList<double>? Values { get; init; }
    /// <summary>Different texts, in order of first appearance. Null for numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }
    /// <summary>Place of each vector's text in <see cref="Categories"/>; −1 where there is none. Null for numbers.</summary>
    public IReadOnlyList<int>? Codes { get; init; }
}
