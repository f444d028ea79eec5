namespace Dashboard.Storage;

/// <summary>Accounts and what they are in which project. Answers are null, or false, where there is no such account.</summary>
public interface IAccountStore
{
    /// <summary>An account by its id.</summary>
    Task<AccountInfo?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>An account by the form of its name in which it is unique.</summary>
    Task<AccountInfo?> FindByNameAsync(string normalizedName, CancellationToken cancellation);

    /// <summary>An account by who the person is elsewhere.</summary>
    Task<AccountInfo?> FindByLoginAsync(AccountLogin login, CancellationToken cancellation);

    /// <summary>Accounts by name: those with a role in a project or on every project; null for all.</summary>
    Task<IReadOnlyList<AccountInfo>> ListAsync(string? project, CancellationToken cancellation);

    /// <summary>Whether an account that is not disabled owns the server.</summary>
    Task<bool> HasOwnerAsync(CancellationToken cancellation);

    /// <summary>Makes an account with its first role; none where it is null.</summary>
    /// <exception cref="AccountNameTakenException">Another has the name.</exception>
    Task<AccountInfo> AddAsync(NewAccount account, MembershipInfo? membership);

    /// <summary>Notes who an account is elsewhere; null where there is no such account or the login is another's.</summary>
    Task<AccountInfo?> AddLoginAsync(string id, AccountLogin login);

    /// <summary>Writes an account's password and stamp, where the stamp is still <paramref name="fromStamp"/>; null where it is not. Failures are forgotten.</summary>
    Task<AccountInfo?> SetPasswordAsync(string id, string? passwordHash, string stamp, string fromStamp);

    /// <summary>Counts a wrong password. The count and the wait that follows from it are one step, so that many tries at once are all counted.</summary>
    /// <param name="id">The account.</param>
    /// <param name="waitAfter">The wait after so many failures; null for none.</param>
    Task<AccountInfo?> SignInFailedAsync(string id, Func<int, TimeSpan?> waitAfter);

    /// <summary>Notes that it was used; failures are forgotten.</summary>
    Task<bool> SeenAsync(string id);

    /// <summary>Lets it sign in, or not; with a new stamp, so that what is open ends.</summary>
    /// <exception cref="LastOwnerException">It is the last that owns the server.</exception>
    Task<AccountInfo?> SetDisabledAsync(string id, bool disabled, string stamp);

    /// <summary>Sets what it is in a project (empty: on every project); null for nothing.</summary>
    /// <exception cref="LastOwnerException">It is the last that owns the server.</exception>
    Task<AccountInfo?> SetRoleAsync(string id, string project, AccountRole? role);
}
