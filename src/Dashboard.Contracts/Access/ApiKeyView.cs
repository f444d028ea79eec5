namespace Dashboard.Contracts;

/// <summary>A key, without the key itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Project">Project name; null for every project.</param>
/// <param name="Role"><c>write</c>, <c>read</c> or <c>worker</c>.</param>
/// <param name="Hint">Its first characters.</param>
/// <param name="Maker">Name of who made it; null where no account did.</param>
/// <param name="State"><c>valid</c>, <c>limited</c> (who made it may less than the key says, and so may the key), <c>powerless</c> (who made it may nothing of it any more), <c>expired</c> or <c>revoked</c>.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Expires">The time from which it is no longer valid; null for never.</param>
/// <param name="Revoked">When it was revoked; null where it was not.</param>
/// <param name="LastUsed">When it was used last, to about a minute; null for never.</param>
/// <param name="LastAddress">Where from.</param>
public sealed record ApiKeyView(
    string Id, string Name, string? Project, string Role, string Hint, string? Maker, string State, double Created, double? Expires, double? Revoked, double? LastUsed, string? LastAddress);
