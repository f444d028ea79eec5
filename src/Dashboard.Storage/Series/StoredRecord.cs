namespace Dashboard.Storage;

/// <summary>One stored event that is not a scalar; <see cref="Payload"/> is null where its bytes no longer match their checksum.</summary>
public sealed record StoredRecord(string Tag, long Step, double WallTime, byte[]? Payload);
