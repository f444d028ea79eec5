using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Accounts over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class AccountStore(StorageEngine engine) : IAccountStore
{
    public Task<AccountInfo?> FindAsync(string id, CancellationToken cancellation) => FindAsync(accounts => accounts.Where(a => a.Id == id), cancellation);

    public Task<AccountInfo?> FindByNameAsync(string normalizedName, CancellationToken cancellation) =>
        FindAsync(accounts => accounts.Where(a => a.NormalizedName == normalizedName), cancellation);

    public Task<AccountInfo?> FindByLoginAsync(AccountLogin login, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        var found = context.AccountLogins.FirstOrDefault(l => l.Provider == login.Provider && l.Subject == login.Subject);
        return found is null ? null : AccountRows.Read(context, found.AccountKey);
    }, cancellation);

    public Task<IReadOnlyList<AccountInfo>> ListAsync(string? project, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<AccountInfo>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            IQueryable<AccountEntity> accounts = context.Accounts;
            if (project is not null)
                accounts = accounts.Where(a => context.Memberships.Any(m => m.AccountKey == a.Key && (m.Project == project || m.Project == "")));
            return AccountRows.Read(context, accounts);
        }, cancellation);

    public Task<bool> HasOwnerAsync(CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return context.Memberships.Any(m => m.Project == "" && m.Role == AccountRole.Owner && !m.Account!.Disabled);
    }, cancellation);

    public Task<AccountInfo> AddAsync(NewAccount account, MembershipInfo? membership) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        AccountRows.RequireFree(context, account.NormalizedName);
        var row = AccountRows.Add(context, account, membership, session.Runs.Now);
        context.SaveChanges();
        return AccountRows.Read(context, row.Key)!;
    });

    public Task<AccountInfo?> AddLoginAsync(string id, AccountLogin login) => ChangeAsync(id, (context, account, _) =>
    {
        if (context.AccountLogins.Any(l => l.Provider == login.Provider && l.Subject == login.Subject)) return false;
        context.AccountLogins.Add(new AccountLoginEntity { AccountKey = account.Key, Provider = login.Provider, Subject = login.Subject });
        return true;
    });

    public Task<AccountInfo?> SetPasswordAsync(string id, string? passwordHash, string stamp, string fromStamp) => ChangeAsync(id, (_, account, _) =>
    {
        if (account.SecurityStamp != fromStamp) return false;
        account.PasswordHash = passwordHash;
        account.SecurityStamp = stamp;
        account.FailedSignIns = 0;
        account.LockedUntil = null;
        return true;
    });

    public Task<AccountInfo?> SignInFailedAsync(string id, Func<int, TimeSpan?> waitAfter) => ChangeAsync(id, (_, account, now) =>
    {
        account.FailedSignIns++;
        if (waitAfter(account.FailedSignIns) is { } wait) account.LockedUntil = now + wait.TotalSeconds;
        return true;
    });

    public async Task<bool> SeenAsync(string id) => await ChangeAsync(id, (_, account, now) =>
    {
        account.FailedSignIns = 0;
        account.LockedUntil = null;
        account.LastSeen = now;
        return true;
    }).ConfigureAwait(false) is not null;

    public Task<AccountInfo?> SetDisabledAsync(string id, bool disabled, string stamp) => ChangeAsync(id, (context, account, _) =>
    {
        if (disabled) AccountRows.RequireAnotherOwner(context, account);
        account.Disabled = disabled;
        account.SecurityStamp = stamp;
        return true;
    });

    public Task<AccountInfo?> SetRoleAsync(string id, string project, AccountRole? role) => ChangeAsync(id, (context, account, _) =>
    {
        if (project.Length == 0 && role != AccountRole.Owner) AccountRows.RequireAnotherOwner(context, account);
        var membership = context.Memberships.AsTracking().FirstOrDefault(m => m.AccountKey == account.Key && m.Project == project);
        if (role is null && membership is not null) context.Memberships.Remove(membership);
        else if (role is { } given && membership is not null) membership.Role = given;
        else if (role is { } first) context.Memberships.Add(new MembershipEntity { AccountKey = account.Key, Project = project, Role = first });
        return true;
    });

    private Task<AccountInfo?> FindAsync(Func<IQueryable<AccountEntity>, IQueryable<AccountEntity>> choose, CancellationToken cancellation) =>
        engine.Database.ReadAsync(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            return AccountRows.Read(context, choose(context.Accounts)).SingleOrDefault();
        }, cancellation);

    // A change that answers false leaves everything as it was.
    private Task<AccountInfo?> ChangeAsync(string id, Func<StorageContext, AccountEntity, double, bool> change) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        if (context.Accounts.AsTracking().FirstOrDefault(a => a.Id == id) is not { } account || !change(context, account, session.Runs.Now)) return null;
        context.SaveChanges();
        return AccountRows.Read(context, account.Key);
    });
}
