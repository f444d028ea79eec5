namespace Dashboard.Storage;

/// <summary>Who an account is at another party that people sign in with.</summary>
internal sealed class AccountLoginEntity
{
    /// <summary>The other party, as <c>oidc</c>.</summary>
    public required string Provider { get; set; }

    /// <summary>Its id of the person, which never changes.</summary>
    public required string Subject { get; set; }
    public long AccountKey { get; set; }
    public AccountEntity? Account { get; set; }
}
