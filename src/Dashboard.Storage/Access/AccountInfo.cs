namespace Dashboard.Storage;

/// <summary>A person who signs in, with what they are in which project.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Name">What is typed to sign in, as it is shown.</param>
/// <param name="NormalizedName">The name in the form in which it is unique.</param>
/// <param name="Email">Where the person can be written to; null where it is not known.</param>
/// <param name="PasswordHash">Salted and stretched; null where the person signs in elsewhere.</param>
/// <param name="SecurityStamp">Changes with everything that ends sessions.</param>
/// <param name="Disabled">Signs in no longer.</param>
/// <param name="FailedSignIns">Wrong passwords since the last right one.</param>
/// <param name="LockedUntil">No sign-in before this time, in seconds since the Unix epoch.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="LastSeen">When it last signed in or was used; null for never.</param>
/// <param name="Memberships">What it is, by project.</param>
public sealed record AccountInfo(
    string Id, string Name, string NormalizedName, string? Email, string? PasswordHash, string SecurityStamp, bool Disabled,
    int FailedSignIns, double? LockedUntil, double Created, double? LastSeen, IReadOnlyList<MembershipInfo> Memberships)
{
    /// <summary>Whether it owns the server.</summary>
    public bool IsOwner => Memberships.Any(membership => membership is { Project: "", Role: AccountRole.Owner });
}
