namespace Dashboard.Torch;

/// <summary>How a random direction is drawn.</summary>
/// <param name="Seed">One seed gives one direction, on every machine.</param>
/// <param name="Axis">0 for x, 1 for y: a stream of its own each.</param>
/// <param name="Scale">How it is scaled.</param>
/// <param name="ScaleVectors">False: parameters of at most one dimension (biases, normalisation) do not move. True: they are drawn and scaled like the rest.</param>
public sealed record RandomDirection(ulong Seed, int Axis = 0, DirectionScale Scale = DirectionScale.Filter, bool ScaleVectors = false);
