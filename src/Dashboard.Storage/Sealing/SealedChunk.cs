using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>A chunk ready to be written.</summary>
internal sealed record SealedChunk(long FirstIndex, LevelEntry Entry, byte[] EntryBytes, byte[] Fine, byte[] Points);
