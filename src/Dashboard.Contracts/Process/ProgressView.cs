namespace Dashboard.Contracts;

/// <summary>How far a run is.</summary>
/// <param name="Step">Greatest step; null where nothing was logged.</param>
/// <param name="Total">Steps in all; null where nothing tells.</param>
/// <param name="TotalFrom">What tells: settings by their paths, or phases.</param>
/// <param name="Share">0 to 1, or null.</param>
/// <param name="SecondsLeft">From the last thing heard, at the recent rate; null where it cannot be told.</param>
/// <param name="EndsAt">Wall time of the end at that rate, or null.</param>
/// <param name="Why">Why there is no time left: <c>ended</c>, <c>no_steps</c>, <c>no_total</c>, <c>beyond</c> the total, <c>no_rate</c>; null where there is one.</param>
public sealed record ProgressView(double? Step, double? Total, string? TotalFrom, double? Share, double? SecondsLeft, double? EndsAt, string? Why);
