namespace Dashboard.Storage;

/// <summary>A line of a job's log.</summary>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Message">One sentence.</param>
public sealed record LogLine(double WallTime, string Message);
