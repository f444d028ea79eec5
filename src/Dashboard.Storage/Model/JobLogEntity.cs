namespace Dashboard.Storage;

internal sealed class JobLogEntity
{
    public long Key { get; set; }
    public long JobKey { get; set; }
    public double WallTime { get; set; }
    public required string Message { get; set; }
}
