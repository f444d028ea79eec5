namespace Dashboard.Faults.Tests;

/// <summary>One scalar. Equal where every bit is, except that one NaN is as good as another: JSON has a single one.</summary>
internal readonly record struct Point(long Step, double WallTime, double Value)
{
    public bool Equals(Point other) =>
        Step == other.Step && WallTime.Equals(other.WallTime)
        && (double.IsNaN(Value) ? double.IsNaN(other.Value) : BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value));

    public override int GetHashCode() => HashCode.Combine(Step, WallTime);
}
