namespace Dashboard.Storage;

/// <summary>Who a person is at another party that people sign in with.</summary>
/// <param name="Provider">The other party, as <c>oidc</c>.</param>
/// <param name="Subject">Its id of the person, which never changes.</param>
public sealed record AccountLogin(string Provider, string Subject);
