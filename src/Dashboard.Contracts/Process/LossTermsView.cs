namespace Dashboard.Contracts;

/// <summary>A loss and the terms it is the sum of.</summary>
/// <param name="Tag">The loss itself.</param>
/// <param name="Terms">Tags of its terms: <c>data</c> first, then <c>l1</c>, <c>l2</c> and others.</param>
public sealed record LossTermsView(string Tag, IReadOnlyList<string> Terms);
