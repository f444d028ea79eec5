namespace Dashboard.Contracts;

/// <summary>A number of a rule that may be tuned.</summary>
/// <param name="Name">Its name in the rule's expressions.</param>
/// <param name="Value">What it is.</param>
/// <param name="Default">What it is by default; of the project's own rules what they say.</param>
/// <param name="Minimum">Smallest value that makes sense.</param>
/// <param name="Maximum">Largest.</param>
/// <param name="What">What it does, with its unit, in the language of the request.</param>
public sealed record RuleParameterView(string Name, double Value, double Default, double Minimum, double Maximum, string What);
