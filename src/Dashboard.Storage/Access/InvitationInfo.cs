namespace Dashboard.Storage;

/// <summary>A link that makes one account, or gives an account a new password, once.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Project">Name of the project that it invites to; empty for every project.</param>
/// <param name="Role">What it makes of who uses it.</param>
/// <param name="AccountId">The account whose password it sets; null where it makes one.</param>
/// <param name="AccountName">That account's name.</param>
/// <param name="CreatedBy">Who made it, in words.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Expires">Seconds since the Unix epoch.</param>
public sealed record InvitationInfo(
    string Id, string Project, AccountRole Role, string? AccountId, string? AccountName, string CreatedBy, double Created, double Expires);
