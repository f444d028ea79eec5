namespace Dashboard.Storage;

/// <summary>Where and how the store keeps its data; the <c>Storage</c> section of appsettings.json.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>Folder that holds everything; created when missing.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Batches that may wait for the writer; more are refused. Bounds both memory and the time an answer can take.</summary>
    public int QueueBatches { get; set; } = 4096;

    /// <summary>Bytes of batches that may wait for the writer, for the same reason.</summary>
    public long QueueBytes { get; set; } = 128L << 20;

    /// <summary>Points kept in memory before they are sealed into chunks (24 bytes each): bounds memory and the time a restart takes.</summary>
    public int UnsealedPoints { get; set; } = 1_000_000;

    /// <summary>Seconds after which even a few points are sealed, so that the inbox does not grow old.</summary>
    public double SealAfterSeconds { get; set; } = 30;

    /// <summary>Pages of write-ahead log after which the writer checkpoints (4 KiB each).</summary>
    public int CheckpointPages { get; set; } = 4096;

    /// <summary>
    /// Pages that the log may have (4 KiB each). Reads that overlap without end keep it from beginning anew; at this length new ones wait for a moment until it has.
    /// </summary>
    public int LogPages { get; set; } = 32_768;
}
