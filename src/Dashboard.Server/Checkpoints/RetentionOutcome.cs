namespace Dashboard.Server;

/// <summary>What a round of retention did.</summary>
internal readonly record struct RetentionOutcome(int Checkpoints, int Artifacts, int Trashed, int Archived, int Removed)
{
    /// <summary>How much in all.</summary>
    public int All => Checkpoints + Artifacts + Trashed + Archived + Removed;

    public static RetentionOutcome operator +(RetentionOutcome a, RetentionOutcome b) =>
        new(a.Checkpoints + b.Checkpoints, a.Artifacts + b.Artifacts, a.Trashed + b.Trashed, a.Archived + b.Archived, a.Removed + b.Removed);
}
