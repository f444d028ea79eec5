namespace Dashboard.Contracts;

/// <summary>One measure over classes; null where it is undefined.</summary>
/// <param name="Macro">Mean over classes. Precision, recall and F1: those that occur among labels or predictions, 0 where one is 0/0; areas: those that have samples.</param>
/// <param name="Micro">Of all decisions together.</param>
/// <param name="Weighted">Mean over classes by their samples.</param>
/// <param name="PerClass">Of each class listed in <c>classes</c>, in that order.</param>
public sealed record AveragesView(double? Macro, double? Micro, double? Weighted, double?[] PerClass);
