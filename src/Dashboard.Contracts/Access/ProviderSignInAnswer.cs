namespace Dashboard.Contracts;

/// <summary>Where a browser goes on to sign in.</summary>
/// <param name="Location">Address at the other party.</param>
public sealed record ProviderSignInAnswer(string Location);
