using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>Hands Identity the accounts of the store, whose one writer does all that changes them.</summary>
internal sealed class AccountUserStore(IAccountStore accounts, IInvitationStore invitations) : IUserPasswordStore<AccountUser>, IUserSecurityStampStore<AccountUser>
{
    /// <summary>Code of the error where the invitation of a new account cannot be used.</summary>
    public const string InvitationGone = "InvitationGone";

    private static readonly IdentityErrorDescriber Errors = new();

    public void Dispose()
    {
    }

    public async Task<IdentityResult> CreateAsync(AccountUser user, CancellationToken cancellationToken)
    {
        var account = new NewAccount(user.Name, user.NormalizedName, user.Email, user.PasswordHash, user.SecurityStamp, user.Login);
        try
        {
            user.Stored = user.Invitation is { } hash ? await invitations.AcceptAsync(hash, account) : await accounts.AddAsync(account, user.Membership);
        }
        catch (AccountNameTakenException)
        {
            return IdentityResult.Failed(Errors.DuplicateUserName(user.Name));
        }
        return user.Stored is null ? IdentityResult.Failed(new IdentityError { Code = InvitationGone, Description = "The invitation cannot be used." }) : IdentityResult.Success;
    }

    /// <summary>Writes password and stamp: all that Identity changes of an account here.</summary>
    public async Task<IdentityResult> UpdateAsync(AccountUser user, CancellationToken cancellationToken)
    {
        var changed = await accounts.SetPasswordAsync(user.Id, user.PasswordHash, user.SecurityStamp, user.Stored!.SecurityStamp);
        if (changed is null)
            return IdentityResult.Failed(Errors.ConcurrencyFailure());
        user.Stored = changed;
        return IdentityResult.Success;
    }

    // An account stays, so that what it did keeps its name; it is disabled instead.
    public Task<IdentityResult> DeleteAsync(AccountUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<AccountUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => AccountUser.Of(await accounts.FindAsync(userId, cancellationToken));

    public async Task<AccountUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        AccountUser.Of(await accounts.FindByNameAsync(normalizedUserName, cancellationToken));

    public Task<string> GetUserIdAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedName);

    public Task<string?> GetPasswordHashAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetUserNameAsync(AccountUser user, string? userName, CancellationToken cancellationToken)
    {
        user.Name = userName ?? "";
        return Task.CompletedTask;
    }

    public Task SetNormalizedUserNameAsync(AccountUser user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalizedName = normalizedName ?? "";
        return Task.CompletedTask;
    }

    public Task SetPasswordHashAsync(AccountUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task SetSecurityStampAsync(AccountUser user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }
}
