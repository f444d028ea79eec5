namespace Dashboard.Contracts;

/// <summary>How far probabilities come true.</summary>
/// <param name="Of"><c>class_1</c> with two classes, else <c>predicted</c>: the class that was predicted.</param>
/// <param name="Bins">Ten bins of equal width.</param>
/// <param name="Ece">Expected calibration error, 0 to 1: mean difference of frequency and probability over the samples.</param>
/// <param name="Mce">Largest difference of a bin.</param>
public sealed record CalibrationView(string Of, IReadOnlyList<CalibrationBinView> Bins, double Ece, double Mce);
