using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Roles and rights as the interface spells them.</summary>
internal static class AccountRoles
{
    /// <summary>The word of a role.</summary>
    public static string Word(AccountRole role) => role switch
    {
        AccountRole.Owner => "owner",
        AccountRole.Member => "member",
        _ => "viewer",
    };

    /// <summary>The role of a word; null where it is none.</summary>
    public static AccountRole? Parse(string? word) => word switch
    {
        "owner" => AccountRole.Owner,
        "member" => AccountRole.Member,
        "viewer" => AccountRole.Viewer,
        _ => null,
    };

    /// <summary>The word of a right; null for <see cref="AccessRight.Work"/>, which is no person's.</summary>
    public static string? Word(AccessRight right) => right switch
    {
        AccessRight.Read => "read",
        AccessRight.Write => "write",
        AccessRight.Manage => "manage",
        AccessRight.Administer => "administer",
        _ => null,
    };
}
