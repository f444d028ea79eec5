namespace Dashboard.Server.Tests;

/// <summary>The clock of the machine, shifted, and moved on by hand: what was stored a moment ago is old.</summary>
internal sealed class ShiftedTime(TimeSpan shift = default) : TimeProvider
{
    public TimeSpan Shift { get; set; } = shift;

    public void Move(TimeSpan by) => Shift += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Shift.TotalSeconds * TimestampFrequency);
}
