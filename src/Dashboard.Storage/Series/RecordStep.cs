namespace Dashboard.Storage;

/// <summary>One stored record without its payload.</summary>
/// <param name="Step">Training step.</param>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Crc">Checksum of the payload: another one under a step means that another payload has taken its place.</param>
public sealed record RecordStep(long Step, double WallTime, uint Crc);
