namespace Dashboard.Storage;

/// <summary>What is known of a record without its payload.</summary>
/// <param name="Index">Its place in its series, in the order logged.</param>
/// <param name="Step">Training step.</param>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Crc">CRC-32C of its payload: with the place it names the content.</param>
public readonly record struct RecordHead(long Index, long Step, double WallTime, uint Crc);
