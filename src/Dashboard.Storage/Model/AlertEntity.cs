namespace Dashboard.Storage;

internal sealed class AlertEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }
    public long ProjectKey { get; set; }
    public long RunKey { get; set; }
    public required string Channel { get; set; }

    /// <summary>A JSON object: the message as it is sent.</summary>
    public required string Body { get; set; }
    public AlertStatus Status { get; set; }
    public int Attempts { get; set; }
    public double Created { get; set; }
    public double? Next { get; set; }
    public double? Ended { get; set; }
    public string? Error { get; set; }
}
