namespace Dashboard.Storage;

/// <summary>That a run was told of once over a channel; outlives the message.</summary>
internal sealed class AlertMarkEntity
{
    public long RunKey { get; set; }
    public required string Channel { get; set; }
    public required string Code { get; set; }

    /// <summary>What it is about; empty for the run itself.</summary>
    public required string Tag { get; set; }
}
