namespace Dashboard.Analysis;

/// <summary>How far a projection is.</summary>
/// <param name="Stage">One of <see cref="ProjectionStages"/>.</param>
/// <param name="Share">Of the whole, 0 to 1, never falling.</param>
/// <param name="SecondsLeft">By the pace of the stage that runs; null while that is not known.</param>
public sealed record ProjectionProgress(string Stage, double Share, double? SecondsLeft);
