namespace Dashboard.Storage;

/// <summary>Records of one series within a window of steps, in the order logged.</summary>
/// <param name="Total">How many the window holds, of which <paramref name="Records"/> may be a choice.</param>
/// <param name="Bytes">Bytes of the chosen payloads.</param>
/// <param name="Records">The chosen ones; null where <paramref name="Bytes"/> is more than the caller takes.</param>
public sealed record RecordWindow(long Total, long Bytes, IReadOnlyList<StoredRecord>? Records);
