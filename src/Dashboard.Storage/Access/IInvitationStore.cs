namespace Dashboard.Storage;

/// <summary>Invitations that wait to be used. One that is used, revoked or expired is as if it had never been.</summary>
public interface IInvitationStore
{
    /// <summary>Makes one; its time is the store's.</summary>
    Task<InvitationInfo> AddAsync(NewInvitation invitation);

    /// <summary>One by the hash of its secret.</summary>
    Task<InvitationInfo?> FindAsync(byte[] hash, CancellationToken cancellation);

    /// <summary>One by its id.</summary>
    Task<InvitationInfo?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Those to a project, the newest first; null for all.</summary>
    Task<IReadOnlyList<InvitationInfo>> ListAsync(string? project, CancellationToken cancellation);

    /// <summary>Takes one back; false where there is none.</summary>
    Task<bool> RevokeAsync(string id);

    /// <summary>Takes back all that were made under a name.</summary>
    Task<int> RevokeOfAsync(string createdBy);

    /// <summary>Makes the account of an invitation and uses it up, in one step; null where it cannot be used.</summary>
    /// <exception cref="AccountNameTakenException">Another account has the name.</exception>
    Task<AccountInfo?> AcceptAsync(byte[] hash, NewAccount account);

    /// <summary>Gives an account that exists the role of an invitation, where that is more than it has, and uses it up; null where it cannot be used.</summary>
    Task<AccountInfo?> JoinAsync(byte[] hash, string accountId);

    /// <summary>Sets the password of the account that an invitation is for and uses it up; null where it cannot be used or the account is disabled.</summary>
    Task<AccountInfo?> SetPasswordAsync(byte[] hash, string passwordHash, string stamp);
}
