namespace Dashboard.Torch;

/// <summary>Consecutive points of a grid, computed.</summary>
/// <param name="Index">Number of the tile.</param>
/// <param name="First">Number of its first point.</param>
/// <param name="Loss">One a point; NaN and infinities as they came out.</param>
/// <param name="Accuracy">One a point; null where the targets are no classes.</param>
public sealed record LandscapeTile(int Index, int First, double[] Loss, double[]? Accuracy);
