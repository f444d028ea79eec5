namespace Dashboard.Contracts;

/// <summary>How far predicted numbers are from their targets; null where it is undefined.</summary>
/// <param name="R2">1 − Σe²/Σ(y − ȳ)²; null for a constant target.</param>
/// <param name="ExplainedVariance">The same without the bias.</param>
/// <param name="Mae">Mean |e|.</param>
/// <param name="Rmse">√(mean e²).</param>
/// <param name="MedianAbsolute">Median |e|.</param>
/// <param name="Mape">Mean |e/y|, 1 for 100 %; null where a target is 0.</param>
/// <param name="MaxError">Largest |e|.</param>
/// <param name="Bias">Mean of e = predicted − target.</param>
public sealed record RegressionMeasures(
    double? R2, double? ExplainedVariance, double? Mae, double? Rmse, double? MedianAbsolute, double? Mape, double? MaxError, double? Bias);
