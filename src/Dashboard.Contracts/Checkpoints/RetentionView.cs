namespace Dashboard.Contracts;

/// <summary>Retention rules of a project.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Revision">Counts changes; 0 where none were ever saved. A change names the revision it was made from.</param>
public sealed record RetentionView(RetentionRules Rules, long Revision);
