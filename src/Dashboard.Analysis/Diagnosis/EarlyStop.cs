namespace Dashboard.Analysis;

/// <summary>Where early stopping would have ended a run.</summary>
/// <param name="Step">The step of the check at which it would have ended.</param>
/// <param name="BestStep">The step whose weights it would have kept.</param>
/// <param name="BestValue">The value there, in the curve's own units.</param>
/// <param name="ChecksAfter">Checks that were made all the same.</param>
/// <param name="ByLimit">Whether the divergence threshold ended it, not patience.</param>
public readonly record struct EarlyStop(double Step, double BestStep, double BestValue, int ChecksAfter, bool ByLimit);
