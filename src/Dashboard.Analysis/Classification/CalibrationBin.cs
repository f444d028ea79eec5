namespace Dashboard.Analysis;

/// <summary>Samples whose probability lies above <paramref name="From"/> and up to <paramref name="To"/>; the first bin holds 0 too.</summary>
/// <param name="From">Lower edge.</param>
/// <param name="To">Upper edge.</param>
/// <param name="Count">Samples.</param>
/// <param name="Probability">Their mean probability; NaN without samples.</param>
/// <param name="Frequency">Share of them for which it came true; NaN without samples.</param>
public readonly record struct CalibrationBin(double From, double To, long Count, double Probability, double Frequency);
