namespace Dashboard.Server;

/// <summary>One import at a time: each takes a processor and the disk for as long as it lasts.</summary>
internal sealed class ArchiveTurn
{
    private int _taken;

    /// <summary>The turn, given back when it is disposed of; null while somebody has it.</summary>
    public IDisposable? Take() => Interlocked.Exchange(ref _taken, 1) == 0 ? new Held(this) : null;

    private sealed class Held(ArchiveTurn turn) : IDisposable
    {
        public void Dispose() => Interlocked.Exchange(ref turn._taken, 0);
    }
}
