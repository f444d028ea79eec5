namespace Dashboard.Storage;

/// <summary>What an account may do in a project.</summary>
internal sealed class MembershipEntity
{
    public long AccountKey { get; set; }
    public AccountEntity? Account { get; set; }

    /// <summary>Name of the project, which need not exist yet; empty for every project.</summary>
    public required string Project { get; set; }
    public AccountRole Role { get; set; }
}
