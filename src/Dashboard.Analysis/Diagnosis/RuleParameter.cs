namespace Dashboard.Analysis;

/// <summary>A number of a rule that a person may tune.</summary>
/// <param name="Name">The name by which the rule's expressions call it.</param>
/// <param name="Value">What it is now.</param>
/// <param name="Minimum">The smallest value that makes sense.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="What">What it does, with its unit.</param>
public sealed record RuleParameter(string Name, double Value, double Minimum, double Maximum, RuleText What);
