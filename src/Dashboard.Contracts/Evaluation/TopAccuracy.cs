namespace Dashboard.Contracts;

/// <summary>Share of samples whose class is among the highest scores.</summary>
/// <param name="K">How many scores; of equal ones the lower class comes first.</param>
/// <param name="Accuracy">The share.</param>
public sealed record TopAccuracy(int K, double? Accuracy);
