using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Keys over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class ApiKeyStore(StorageEngine engine) : IApiKeyStore
{
    public Task<ApiKeyInfo?> AddAsync(NewApiKey key, int limit) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        long? account = null;
        if (key.AccountId is not null)
        {
            account = context.Accounts.Where(a => a.Id == key.AccountId).Select(a => (long?)a.Key).FirstOrDefault();
            if (account is null) return null;
        }
        if (context.ApiKeys.Count(k => k.Revoked == null) >= limit) throw new TooManyKeysException(limit);
        var entity = new ApiKeyEntity
        {
            Id = Guid.CreateVersion7().ToString("n"),
            Name = key.Name,
            Project = key.Project ?? "",
            Role = key.Role,
            Hash = key.Hash,
            Hint = key.Hint,
            AccountKey = account,
            Created = session.Runs.Now,
            Expires = key.Expires,
        };
        context.ApiKeys.Add(entity);
        context.SaveChanges();
        return Infos(context, context.ApiKeys.Where(k => k.Key == entity.Key)).Single();
    });

    public Task<ApiKeyInfo?> FindAsync(byte[] hash, CancellationToken cancellation) =>
        ReadAsync(context => Infos(context, context.ApiKeys.Where(k => k.Hash == hash)).SingleOrDefault(), cancellation);

    public Task<ApiKeyInfo?> FindAsync(string id, CancellationToken cancellation) =>
        ReadAsync(context => Infos(context, context.ApiKeys.Where(k => k.Id == id)).SingleOrDefault(), cancellation);

    public Task<IReadOnlyList<ApiKeyInfo>> ListAsync(string? project, CancellationToken cancellation) => ReadAsync<IReadOnlyList<ApiKeyInfo>>(context =>
    {
        var keys = context.ApiKeys.Where(k => k.Revoked == null);
        if (project is not null) keys = keys.Where(k => k.Project == project);
        return Infos(context, keys);
    }, cancellation);

    public Task<bool> RevokeAsync(string id) => engine.Writer.CommandAsync(session =>
    {
        var now = session.Runs.Now;
        using var context = StoreDatabase.Context(session.Connection);
        return context.ApiKeys.Where(k => k.Id == id && k.Revoked == null).ExecuteUpdate(set => set.SetProperty(k => k.Revoked, now)) > 0;
    });

    public Task UsedAsync(IReadOnlyCollection<ApiKeyUse> uses) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        foreach (var use in uses)
        {
            context.ApiKeys.Where(k => k.Key == use.Key)
                .ExecuteUpdate(set => set.SetProperty(k => k.LastUsed, use.Time).SetProperty(k => k.LastAddress, use.Address));
        }
        return uses.Count;
    });

    private Task<T> ReadAsync<T>(Func<StorageContext, T> read, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return read(context);
    }, cancellation);

    private static List<ApiKeyInfo> Infos(StorageContext context, IQueryable<ApiKeyEntity> keys)
    {
        var found = keys.Include(k => k.Account).OrderByDescending(k => k.Key).ToList();
        var accounts = found.Where(k => k.AccountKey is not null).Select(k => k.AccountKey!.Value).Distinct().ToList();
        var roles = accounts.Count == 0
            ? null
            : context.Memberships.Where(m => accounts.Contains(m.AccountKey)).ToList().ToLookup(m => m.AccountKey, m => new ApiKeyGrant(m.Project.Length == 0 ? null : m.Project, m.Role));
        return
        [
            .. found.Select(k => new ApiKeyInfo(
                k.Key, k.Id, k.Name, k.Project.Length == 0 ? null : k.Project, k.Role, k.Hash, k.Hint,
                k.Account is { } maker ? new ApiKeyMaker(maker.Id, maker.Name, maker.Disabled, [.. roles![maker.Key]]) : null,
                k.Created, k.Expires, k.Revoked, k.LastUsed, k.LastAddress)),
        ];
    }
}
