namespace Dashboard.Server.Tests;

/// <summary>The clock of the machine, shifted: what was stored a moment ago is old.</summary>
internal sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public TimeSpan Shift { get; set; } = shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
