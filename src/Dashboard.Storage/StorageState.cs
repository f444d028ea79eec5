namespace Dashboard.Storage;

/// <summary>Whether the store can be used right now.</summary>
public enum StorageState
{
    /// <summary>Opening, upgrading or replaying the inbox.</summary>
    Starting = 0,
    /// <summary>Reads and writes work.</summary>
    Ready = 1,
    /// <summary>Reads work; the disk is full.</summary>
    Full = 2,
    /// <summary>The writer failed for good.</summary>
    Failed = 3,
    /// <summary>Stopping or stopped.</summary>
    Stopped = 4,
}
