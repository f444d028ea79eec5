namespace Dashboard.Contracts;

/// <summary>A picture on its way, in the stage <c>frame</c>: coordinates rounded to 65,536 steps between the extremes of each direction.</summary>
public sealed record ProjectionFramePart
{
    /// <summary>Iterations done.</summary>
    public required int Iteration { get; init; }
    /// <summary>Iterations in all.</summary>
    public required int Iterations { get; init; }
    /// <summary>Vectors.</summary>
    public required int Rows { get; init; }
    /// <summary>Smallest coordinate along each direction.</summary>
    public required IReadOnlyList<float> Low { get; init; }
    /// <summary>Largest.</summary>
    public required IReadOnlyList<float> High { get; init; }
    /// <summary>Base64 of rows × dims 16-bit numbers, little-endian, row after row: 0 is <see cref="Low"/>, 65535 is <see cref="High"/>.</summary>
    public required string Packed { get; init; }
}
