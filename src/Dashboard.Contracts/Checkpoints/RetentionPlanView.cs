namespace Dashboard.Contracts;

/// <summary>What retention rules would delete: a dry run.</summary>
/// <param name="Items">What would go, run by run, the oldest first; not more than a page can show.</param>
/// <param name="Count">How many would go.</param>
/// <param name="Size">Their bytes together; what other artifacts share with them is freed only with those.</param>
/// <param name="Stay">How many would stay.</param>
/// <param name="Guarded">How many of those no rule keeps, only that they are the last, the best, or kept by hand.</param>
public sealed record RetentionPlanView(IReadOnlyList<RetentionPlanItem> Items, int Count, long Size, int Stay, int Guarded);
