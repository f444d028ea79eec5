namespace Dashboard.Analysis;

/// <summary>One measure over classes; NaN where it is undefined.</summary>
/// <param name="Macro">Mean over the classes that count, each as much as any other.</param>
/// <param name="Micro">Of all decisions together.</param>
/// <param name="Weighted">Mean over classes, each by its number of samples.</param>
/// <param name="PerClass">Of each class.</param>
public sealed record ClassAverages(double Macro, double Micro, double Weighted, double[] PerClass);
