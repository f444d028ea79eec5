namespace Dashboard.Storage;

/// <summary>Files of a backup are not what was written: nothing was restored.</summary>
/// <param name="damage">Each damaged file and what is wrong with it.</param>
public sealed class BackupDamagedException(IReadOnlyList<string> damage) : StoreException($"The backup is damaged; nothing was restored.\n  {string.Join("\n  ", damage)}")
{
    /// <summary>Each damaged file and what is wrong with it.</summary>
    public IReadOnlyList<string> Damage { get; } = damage;
}
