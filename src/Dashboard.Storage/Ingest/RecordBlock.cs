namespace Dashboard.Storage;

/// <summary>One event that is not a scalar. Storage keeps <paramref name="Payload"/> as opaque bytes under a checksum and gives the same bytes back.</summary>
/// <param name="Kind">Any kind but <see cref="RecordKind.Scalar"/>.</param>
/// <param name="Tag">Tag, split or phase name.</param>
/// <param name="Step">Training step; zero where the kind has none.</param>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Payload">The event's content in the caller's own encoding.</param>
public sealed record RecordBlock(RecordKind Kind, string Tag, long Step, double WallTime, byte[] Payload);
