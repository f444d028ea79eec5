namespace Dashboard.Analysis;

/// <summary>A vector that is near another.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Distance">How far it is.</param>
public readonly record struct Neighbor(int Row, double Distance);
