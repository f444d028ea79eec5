namespace Dashboard.Server;

/// <summary>What is known of the runs that were read, bounded: signals by their memory, diagnoses by their number; those not used longest go first.</summary>
internal sealed class DiagnosisCache
{
    // Four runs of a thousand curves, or thousands of usual ones.
    private const long MostSignalBytes = 256L << 20;

    // A diagnosis takes some kilobytes.
    private const int MostEntries = 5000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DiagnosisEntry> _entries = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>The entry of a run.</summary>
    public DiagnosisEntry Get(string runId)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(runId, out var entry))
                _entries[runId] = entry = new DiagnosisEntry();
            entry.LastUse = ++_uses;
            return entry;
        }
    }

    /// <summary>The entry of a run where there is one; not a use.</summary>
    public DiagnosisEntry? Peek(string runId)
    {
        lock (_gate)
            return _entries.GetValueOrDefault(runId);
    }

    /// <summary>Lets go of what is too much, but never of the entry that is in the caller's hands.</summary>
    public void Trim(DiagnosisEntry kept)
    {
        lock (_gate)
        {
            var held = _entries.Values.Sum(entry => entry.Signals?.Bytes ?? 0);
            if (held <= MostSignalBytes && _entries.Count <= MostEntries)
                return;
            foreach (var (runId, entry) in _entries.OrderBy(one => one.Value.LastUse).ToList())
            {
                // One that is being read keeps what it needs.
                if (ReferenceEquals(entry, kept) || entry.Gate.CurrentCount == 0)
                    continue;
                held -= entry.Signals?.Bytes ?? 0;
                entry.Signals = null;
                if (_entries.Count > MostEntries)
                    _entries.Remove(runId);
                else if (held <= MostSignalBytes)
                    return;
            }
        }
    }
}
