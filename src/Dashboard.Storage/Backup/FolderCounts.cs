namespace Dashboard.Storage;

/// <summary>What a data folder holds. What was removed for good and only waits to be cleared away is not counted.</summary>
/// <param name="Projects">Projects.</param>
/// <param name="Runs">Runs, those in the trash included.</param>
/// <param name="Series">Series of all kinds.</param>
/// <param name="Points">Points of scalar series, in chunks and in the inbox.</param>
/// <param name="Records">Events that are not scalars.</param>
/// <param name="Artifacts">Versions of artifacts.</param>
/// <param name="Jobs">Jobs.</param>
public sealed record FolderCounts(long Projects, long Runs, long Series, long Points, long Records, long Artifacts, long Jobs);
