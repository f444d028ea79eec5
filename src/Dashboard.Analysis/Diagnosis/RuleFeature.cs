namespace Dashboard.Analysis;

/// <summary>A number that rules may use.</summary>
/// <param name="Name">As expressions and sentences call it.</param>
/// <param name="What">What it is, with its unit, in English.</param>
public sealed record RuleFeature(string Name, string What);
