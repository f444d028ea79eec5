namespace Dashboard.Contracts;

/// <summary>An account.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Name">What is typed to sign in.</param>
/// <param name="Email">Where the person can be written to; null where it is not known or not for who asks.</param>
/// <param name="Disabled">Signs in no longer.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="LastSeen">Seconds since the Unix epoch; null for never, and where it is not for who asks.</param>
/// <param name="Roles">What it is: in the project that was asked for and on every project, or in all.</param>
public sealed record PersonView(string Id, string Name, string? Email, bool Disabled, double Created, double? LastSeen, IReadOnlyList<PersonRole> Roles);
