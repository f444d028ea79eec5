namespace Dashboard.Storage;

/// <summary>Gathers what the checks find, up to what memory should hold, and counts the rest.</summary>
internal sealed class VerifyLog(Action<FolderProgress>? progress, CancellationToken cancellation)
{
    // What a person can act on; a disk that lost more needs its backup.
    private const int MostListed = 10_000;

    private readonly List<FolderDamage> _damage = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<FolderDamage> Damage => _damage;

    public IReadOnlyList<string> Notes => _notes;

    public long DamageCount { get; private set; }

    public long Chunks { get; set; }

    public long Bytes { get; set; }

    public void Add(FolderDamage damage)
    {
        DamageCount++;
        if (_damage.Count < MostListed) _damage.Add(damage);
    }

    public void Note(string text)
    {
        if (_notes.Count < MostListed) _notes.Add(text);
    }

    /// <summary>Tells how far it is, and ends it where that was asked for.</summary>
    public void At(string stage, long done, long total, string unit)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Invoke(new FolderProgress(stage, done, total, unit));
    }
}
