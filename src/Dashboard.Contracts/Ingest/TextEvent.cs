namespace Dashboard.Contracts;

/// <summary>Text of a step, shown as Markdown.</summary>
public sealed record TextEvent : IngestEvent
{
    /// <summary>Series name.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>The text.</summary>
    public required string Text { get; init; }
}
