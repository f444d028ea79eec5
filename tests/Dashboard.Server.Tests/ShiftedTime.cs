namespace Dashboard.Server.Tests;

/// <summary>The machine's clock, moved on by hand: what was stored a moment ago is old.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _shift;

    public void Move(TimeSpan by) => _shift += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(_shift.TotalSeconds * TimestampFrequency);
}
