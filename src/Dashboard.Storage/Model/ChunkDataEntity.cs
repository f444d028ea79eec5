namespace Dashboard.Storage;

/// <summary>The bytes of a chunk, apart from <see cref="ChunkEntity"/> so that walking chunks does not read them.</summary>
internal sealed class ChunkDataEntity
{
    public long Key { get; set; }

    /// <summary>Level entries of 256 points, with checksum. First, so that it is read without the points behind it.</summary>
    public required byte[] Fine { get; set; }

    /// <summary>The points, with checksum.</summary>
    public required byte[] Points { get; set; }
}
