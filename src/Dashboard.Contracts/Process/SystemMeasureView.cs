namespace Dashboard.Contracts;

/// <summary>A measure of the training machine.</summary>
/// <param name="Tag">Its tag, below <c>system/</c>.</param>
/// <param name="Mean">Mean of its values, weighted by nothing; NaN where none is finite.</param>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest.</param>
/// <param name="Last">Last.</param>
public sealed record SystemMeasureView(string Tag, double Mean, double Min, double Max, double Last);
