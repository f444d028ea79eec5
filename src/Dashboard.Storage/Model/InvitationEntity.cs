namespace Dashboard.Storage;

/// <summary>A link that makes one account, or gives an account a new password, once.</summary>
internal sealed class InvitationEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Name of the project that it invites to; empty for every project.</summary>
    public required string Project { get; set; }
    public AccountRole Role { get; set; }

    /// <summary>The account whose password it sets; null where it makes one.</summary>
    public long? AccountKey { get; set; }

    /// <summary>Who made it, in words.</summary>
    public required string CreatedBy { get; set; }
    public double Created { get; set; }
    public double Expires { get; set; }
    public double? Used { get; set; }
}
