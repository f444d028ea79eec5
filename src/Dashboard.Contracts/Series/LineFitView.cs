namespace Dashboard.Contracts;

/// <summary>A line by ordinary least squares.</summary>
/// <param name="Slope">Units of y per unit of x.</param>
/// <param name="SlopeSe">Standard error of the slope, taking the pairs as independent; null with two pairs.</param>
/// <param name="Intercept">y at x = 0.</param>
/// <param name="R2">Share of the variance of y that the line explains; null where y is constant.</param>
/// <param name="N">Finite pairs it was fitted to.</param>
public sealed record LineFitView(double Slope, double? SlopeSe, double Intercept, double? R2, int N);
