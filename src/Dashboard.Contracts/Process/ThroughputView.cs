namespace Dashboard.Contracts;

/// <summary>Steps a second, from the curve with the most points.</summary>
/// <param name="Tag">That curve.</param>
/// <param name="Recent">Over the last fifth of its points, pauses left out; NaN where it cannot be told.</param>
/// <param name="Overall">Over the whole run.</param>
/// <param name="Pauses">Seconds without a point, many times longer than usual.</param>
/// <param name="WallTimes">Ends of stretches.</param>
/// <param name="Rates">Steps a second in each.</param>
public sealed record ThroughputView(string Tag, double Recent, double Overall, double Pauses, IReadOnlyList<double> WallTimes, IReadOnlyList<double> Rates);
