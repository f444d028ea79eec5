namespace Dashboard.Server;

/// <summary>How the server's own backups went, for <c>/metrics</c>.</summary>
internal sealed class BackupStatus
{
    private readonly Lock _gate = new();
    private double _success;
    private double _seconds;
    private long _bytes;
    private long _failures;
    private bool _failed;

    /// <summary>Notes a backup that is whole.</summary>
    public void Succeeded(double created, double seconds, long bytes)
    {
        lock (_gate)
            (_success, _seconds, _bytes, _failed) = (created, seconds, bytes, false);
    }

    /// <summary>Notes one that was made before this server started.</summary>
    public void Found(double created, long bytes)
    {
        lock (_gate)
            (_success, _bytes) = (created, bytes);
    }

    /// <summary>Notes one that could not be made.</summary>
    public void Failed()
    {
        lock (_gate)
            (_failures, _failed) = (_failures + 1, true);
    }

    /// <summary>Numbers by name: when the last whole one was made (0 for never), how long that took, how large it is, and whether the last try failed.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        lock (_gate)
        {
            return new Dictionary<string, double>
            {
                ["failed"] = _failed ? 1 : 0,
                ["failures_total"] = _failures,
                ["last_bytes"] = _bytes,
                ["last_seconds"] = _seconds,
                ["last_success_timestamp_seconds"] = _success,
            };
        }
    }
}
