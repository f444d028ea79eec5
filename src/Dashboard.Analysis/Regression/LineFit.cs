namespace Dashboard.Analysis;

/// <summary>A straight line y = <paramref name="Intercept"/> + <paramref name="Slope"/>·x through points, by ordinary least squares.</summary>
/// <param name="Slope">Units of y per unit of x.</param>
/// <param name="SlopeError">Standard error of the slope under independent errors of equal variance; NaN with two points, where nothing is left to estimate it from.</param>
/// <param name="Intercept">y at x = 0.</param>
/// <param name="RSquared">Share of the variance of y that the line explains, 0 to 1; NaN where y is constant and there is none to explain.</param>
/// <param name="Count">Points it was fitted to: those with both coordinates finite.</param>
public readonly record struct LineFit(double Slope, double SlopeError, double Intercept, double RSquared, int Count);
