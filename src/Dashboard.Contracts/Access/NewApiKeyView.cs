namespace Dashboard.Contracts;

/// <summary>A key that was just made: the one time that it is told.</summary>
/// <param name="Id">Its id, to revoke it by.</param>
/// <param name="Key">The key: <c>lb_</c>, 43 characters, <c>_</c>, 6 characters.</param>
public sealed record NewApiKeyView(string Id, string Key);
