namespace Dashboard.Storage;

/// <summary>An account to be made.</summary>
/// <param name="Name">What is typed to sign in.</param>
/// <param name="NormalizedName">The name in the form in which it is unique.</param>
/// <param name="Email">Where the person can be written to.</param>
/// <param name="PasswordHash">Salted and stretched; null where the person signs in elsewhere.</param>
/// <param name="SecurityStamp">Random.</param>
/// <param name="Login">Who the person is elsewhere, where they sign in there.</param>
public sealed record NewAccount(string Name, string NormalizedName, string? Email, string? PasswordHash, string SecurityStamp, AccountLogin? Login = null);
