using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What a key is worth: what it says, and no more than what its maker may do now.</summary>
internal static class ApiKeyGrants
{
    /// <summary>What it may do; empty for nothing any more.</summary>
    public static IReadOnlyList<AccessGrant> Of(ApiKeyInfo key)
    {
        var said = new AccessGrant(Right(key.Role), key.Project);
        if (key.Maker is not { } maker)
            return [said];
        if (maker.Disabled)
            return [];
        var grants = new List<AccessGrant>();
        foreach (var role in maker.Roles)
        {
            if (Least(said.Right, role.Role) is not { } right || !(said.Project is null || role.Project is null || said.Project == role.Project))
                continue;
            grants.Add(new AccessGrant(right, said.Project ?? role.Project));
        }
        return grants.Any(grant => grant.Covers(said.Right) && grant.Project == said.Project) ? [said] : [.. grants.Distinct()];
    }

    /// <summary>State of a key, as <see cref="ApiKeyView"/> has it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">Seconds since the Unix epoch.</param>
    public static string State(ApiKeyInfo key, double now)
    {
        if (key.Revoked is not null)
            return "revoked";
        if (key.Expires <= now)
            return "expired";
        var grants = Of(key);
        return grants.Count == 0 ? "powerless" : grants.Any(grant => grant.Right == Right(key.Role) && grant.Project == key.Project) ? "valid" : "limited";
    }

    /// <summary>The right that a role gives.</summary>
    public static AccessRight Right(ApiKeyRole role) => role switch
    {
        ApiKeyRole.Write => AccessRight.Write,
        ApiKeyRole.Worker => AccessRight.Work,
        _ => AccessRight.Read,
    };

    /// <summary>Name of a role in the interface.</summary>
    public static string Name(ApiKeyRole role) => role switch
    {
        ApiKeyRole.Write => ApiKeyRoles.Write,
        ApiKeyRole.Worker => ApiKeyRoles.Worker,
        _ => ApiKeyRoles.Read,
    };

    // Workers read what jobs are given and write what comes of them: that is an owner's to hand out.
    private static AccessRight? Least(AccessRight right, AccountRole role) => (right, role) switch
    {
        (AccessRight.Work, AccountRole.Owner) => AccessRight.Work,
        (AccessRight.Work, _) => null,
        (AccessRight.Write, AccountRole.Viewer) => AccessRight.Read,
        _ => right,
    };
}
