namespace Dashboard.Contracts;

/// <summary>Losses of the samples of one label, an entry a step. Quartiles are interpolated; "NaN" where no loss is finite.</summary>
/// <param name="Label">The class, from 0; null for those put together, or where samples have targets.</param>
/// <param name="Name">What it is called, or null.</param>
/// <param name="Count">Finite losses.</param>
/// <param name="NonFinite">Losses that are NaN or infinite.</param>
/// <param name="Min">Smallest.</param>
/// <param name="Q1">First quartile.</param>
/// <param name="Median">Median.</param>
/// <param name="Q3">Third quartile.</param>
/// <param name="Max">Largest.</param>
/// <param name="Mean">Mean.</param>
public sealed record LossGroupView(
    int? Label, string? Name, IReadOnlyList<int> Count, IReadOnlyList<int> NonFinite, IReadOnlyList<double> Min, IReadOnlyList<double> Q1, IReadOnlyList<double> Median,
    IReadOnlyList<double> Q3, IReadOnlyList<double> Max, IReadOnlyList<double> Mean);
