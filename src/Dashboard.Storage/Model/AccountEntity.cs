namespace Dashboard.Storage;

/// <summary>A person who signs in.</summary>
internal sealed class AccountEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }

    /// <summary>What is typed to sign in, as it is shown.</summary>
    public required string Name { get; set; }

    /// <summary>The name in the form in which it is unique.</summary>
    public required string NormalizedName { get; set; }
    public string? Email { get; set; }

    /// <summary>Salted and stretched; null where the person signs in elsewhere.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that ends sessions: a new password, a lock.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>Signs in no longer.</summary>
    public bool Disabled { get; set; }
    public int FailedSignIns { get; set; }

    /// <summary>No sign-in before this time.</summary>
    public double? LockedUntil { get; set; }
    public double Created { get; set; }
    public double? LastSeen { get; set; }
}
