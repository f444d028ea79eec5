namespace Dashboard.Contracts;

/// <summary>Samples whose probability lies above one edge and up to the other.</summary>
/// <param name="From">Lower edge.</param>
/// <param name="To">Upper edge.</param>
/// <param name="Count">Samples.</param>
/// <param name="Probability">Their mean probability; null without samples.</param>
/// <param name="Frequency">Share of them for which it came true; null without samples.</param>
public sealed record CalibrationBinView(double From, double To, long Count, double? Probability, double? Frequency);
