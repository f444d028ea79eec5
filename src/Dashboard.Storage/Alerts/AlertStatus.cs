namespace Dashboard.Storage;

/// <summary>Where a message stands. Numbers are stored.</summary>
public enum AlertStatus
{
    /// <summary>It is to be sent.</summary>
    Pending = 0,

    /// <summary>The receiver took it.</summary>
    Sent = 1,

    /// <summary>It was given up.</summary>
    Failed = 2,
}
