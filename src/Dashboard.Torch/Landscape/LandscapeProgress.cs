namespace Dashboard.Torch;

/// <summary>How far a landscape is.</summary>
/// <param name="PointsDone">Points computed, those of tiles that were done before included.</param>
/// <param name="Points">Points in all.</param>
/// <param name="Tile">A tile that has just been finished; null in between.</param>
/// <param name="Message">Something a person should know, such as a batch size that had to be halved; otherwise null.</param>
public sealed record LandscapeProgress(int PointsDone, int Points, LandscapeTile? Tile = null, string? Message = null);
