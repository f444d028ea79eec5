namespace Dashboard.Worker;

/// <summary>Rows of float32 numbers on their way from an engine: too many for one message, or for text.</summary>
internal sealed record EngineBlock
{
    /// <summary>One of <see cref="EngineBlockNames"/>.</summary>
    public required string Name { get; init; }
    /// <summary>Rows in all.</summary>
    public required int Rows { get; init; }
    /// <summary>Numbers in a row.</summary>
    public required int Columns { get; init; }
    /// <summary>First of these rows; they come in order.</summary>
    public required int First { get; init; }
    /// <summary>Whole rows, little-endian.</summary>
    public required byte[] Packed { get; init; }
}
