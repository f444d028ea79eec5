using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Invitations over EF Core: reads on a reader, changes on the writer's thread, where using one up and what comes of it are one step.</summary>
internal sealed class InvitationStore(StorageEngine engine, TimeProvider clock) : IInvitationStore
{
    public Task<InvitationInfo> AddAsync(NewInvitation invitation) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        var account = invitation.AccountId is { } id ? context.Accounts.FirstOrDefault(a => a.Id == id) : null;
        var now = session.Runs.Now;
        var row = new InvitationEntity
        {
            Id = Guid.CreateVersion7().ToString("n"),
            Hash = invitation.Hash,
            Project = invitation.Project,
            Role = invitation.Role,
            AccountKey = account?.Key,
            CreatedBy = invitation.CreatedBy,
            Created = now,
            Expires = now + invitation.Lifetime.TotalSeconds,
        };
        context.Invitations.Add(row);
        context.SaveChanges();
        return Info(row, account);
    });

    public Task<InvitationInfo?> FindAsync(byte[] hash, CancellationToken cancellation) => FindAsync(open => open.Where(i => i.Hash == hash), cancellation);

    public Task<InvitationInfo?> FindAsync(string id, CancellationToken cancellation) => FindAsync(open => open.Where(i => i.Id == id), cancellation);

    public Task<IReadOnlyList<InvitationInfo>> ListAsync(string? project, CancellationToken cancellation) =>
        ReadAsync(open => (project is null ? open : open.Where(i => i.Project == project)).OrderByDescending(i => i.Key), cancellation);

    public Task<bool> RevokeAsync(string id) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        return Open(context, session.Runs.Now).Where(i => i.Id == id).ExecuteDelete() > 0;
    });

    public Task<int> RevokeOfAsync(string createdBy) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        return context.Invitations.Where(i => i.CreatedBy == createdBy && i.Used == null).ExecuteDelete();
    });

    public Task<AccountInfo?> AcceptAsync(byte[] hash, NewAccount account) => UseAsync(hash, (context, invitation, now) =>
    {
        if (invitation.AccountKey is not null) return null;
        AccountRows.RequireFree(context, account.NormalizedName);
        return AccountRows.Add(context, account, new MembershipInfo(invitation.Project, invitation.Role), now);
    });

    public Task<AccountInfo?> JoinAsync(byte[] hash, string accountId) => UseAsync(hash, (context, invitation, _) =>
    {
        if (invitation.AccountKey is not null || context.Accounts.FirstOrDefault(a => a.Id == accountId && !a.Disabled) is not { } account) return null;
        var membership = context.Memberships.AsTracking().FirstOrDefault(m => m.AccountKey == account.Key && m.Project == invitation.Project);
        if (membership is null) context.Memberships.Add(new MembershipEntity { AccountKey = account.Key, Project = invitation.Project, Role = invitation.Role });
        else if (membership.Role < invitation.Role) membership.Role = invitation.Role;
        return account;
    });

    public Task<AccountInfo?> SetPasswordAsync(byte[] hash, string passwordHash, string stamp) => UseAsync(hash, (context, invitation, _) =>
    {
        if (context.Accounts.AsTracking().FirstOrDefault(a => a.Key == invitation.AccountKey && !a.Disabled) is not { } account) return null;
        account.PasswordHash = passwordHash;
        account.SecurityStamp = stamp;
        account.FailedSignIns = 0;
        account.LockedUntil = null;
        return account;
    });

    private Task<AccountInfo?> UseAsync(byte[] hash, Func<StorageContext, InvitationEntity, double, AccountEntity?> use) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        var now = session.Runs.Now;
        if (Open(context, now).AsTracking().FirstOrDefault(i => i.Hash == hash) is not { } invitation || use(context, invitation, now) is not { } account) return null;
        invitation.Used = now;
        context.SaveChanges();
        return AccountRows.Read(context, account.Key);
    });

    private async Task<InvitationInfo?> FindAsync(Func<IQueryable<InvitationEntity>, IQueryable<InvitationEntity>> choose, CancellationToken cancellation) =>
        (await ReadAsync(choose, cancellation).ConfigureAwait(false)).SingleOrDefault();

    private Task<IReadOnlyList<InvitationInfo>> ReadAsync(Func<IQueryable<InvitationEntity>, IQueryable<InvitationEntity>> choose, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<InvitationInfo>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var rows = choose(Open(context, clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0)).ToList();
            var keys = rows.ConvertAll(row => row.AccountKey);
            var accounts = context.Accounts.Where(a => keys.Contains(a.Key)).ToDictionary(a => a.Key);
            return rows.ConvertAll(row => Info(row, row.AccountKey is { } key ? accounts.GetValueOrDefault(key) : null));
        }, cancellation);

    private static IQueryable<InvitationEntity> Open(StorageContext context, double now) => context.Invitations.Where(i => i.Used == null && i.Expires > now);

    private static InvitationInfo Info(InvitationEntity row, AccountEntity? account) =>
        new(row.Id, row.Project, row.Role, account?.Id, account?.Name, row.CreatedBy, row.Created, row.Expires);
}
