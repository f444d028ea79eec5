namespace Dashboard.Server;

/// <summary>Who may use an endpoint. One without is refused.</summary>
/// <param name="Right">The right that it takes; null for everybody, with or without credentials.</param>
/// <param name="Subject">Where the right is needed.</param>
internal sealed record AccessRule(AccessRight? Right, AccessSubject Subject);
