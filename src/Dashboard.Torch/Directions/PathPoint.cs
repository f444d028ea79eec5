namespace Dashboard.Torch;

/// <summary>A place on a plane, in units of its directions.</summary>
/// <param name="X">Along the first direction.</param>
/// <param name="Y">Along the second; 0 on a line.</param>
public readonly record struct PathPoint(double X, double Y);
