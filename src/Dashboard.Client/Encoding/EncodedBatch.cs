namespace Dashboard.Client;

/// <summary>A request's body.</summary>
internal readonly record struct EncodedBatch(byte[] Body, string ContentType, string? ContentEncoding, int Count);
