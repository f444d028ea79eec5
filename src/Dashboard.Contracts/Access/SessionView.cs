namespace Dashboard.Contracts;

/// <summary>Who is asking, and what they may do.</summary>
/// <param name="Mode"><c>local</c> where nobody signs in, else <c>accounts</c>.</param>
/// <param name="Kind"><c>local</c>, <c>account</c>, <c>key</c>, <c>share</c> or <c>nobody</c>.</param>
/// <param name="Id">Id of the account or key; null otherwise.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Everywhere">What they may on every project: <c>read</c>, <c>write</c>, <c>manage</c>, <c>administer</c>; null for nothing. Each contains those before it.</param>
/// <param name="Rights">What they may, by project, where that is more.</param>
/// <param name="Provider">What the other party is called that people may sign in with; null where there is none.</param>
public sealed record SessionView(
    string Mode, string Kind, string? Id, string Name, string? Everywhere, IReadOnlyDictionary<string, string> Rights, string? Provider);
