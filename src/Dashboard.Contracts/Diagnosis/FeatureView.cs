namespace Dashboard.Contracts;

/// <summary>A number that rules may speak of.</summary>
/// <param name="Name">Its name in expressions.</param>
/// <param name="Doc">What it is, with its unit.</param>
public sealed record FeatureView(string Name, string Doc);
