namespace Dashboard.Storage;

/// <summary>What a run takes.</summary>
/// <param name="Points">Points in chunks and records.</param>
/// <param name="Bytes">Bytes of those and of its artifacts.</param>
public readonly record struct RunSize(long Points, long Bytes);
