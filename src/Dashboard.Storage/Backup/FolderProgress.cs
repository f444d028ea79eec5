namespace Dashboard.Storage;

/// <summary>How far a backup, a restore or a check is.</summary>
/// <param name="Stage">What is done right now, in a few words.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is, as far as known; 0 where it is not.</param>
/// <param name="Unit">What is counted, as <c>files</c>.</param>
public readonly record struct FolderProgress(string Stage, long Done, long Total, string Unit);
