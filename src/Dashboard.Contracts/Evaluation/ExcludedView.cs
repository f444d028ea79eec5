namespace Dashboard.Contracts;

/// <summary>Samples that an evaluation leaves out.</summary>
/// <param name="Nan">A score is NaN.</param>
/// <param name="Outside">There is no score for their class.</param>
public sealed record ExcludedView(int Nan, int Outside);
