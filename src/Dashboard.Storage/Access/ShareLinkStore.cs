using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Share links over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class ShareLinkStore(StorageEngine engine) : IShareLinkStore
{
    public Task<ShareLinkInfo?> AddAsync(ShareLinkInfo link, byte[] hash, int limit) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        if (context.ShareLinks.Count(l => l.Project == link.Project && l.Revoked == null) >= limit) return null;
        var entity = new ShareLinkEntity
        {
            // All of it random: an id stands in the address of an embedded view, and tells nothing about other links.
            Id = Guid.NewGuid().ToString("n"),
            Project = link.Project,
            Title = link.Title,
            RunIds = JsonSerializer.Serialize(link.RunIds),
            Tags = link.Tags is null ? null : JsonSerializer.Serialize(link.Tags),
            View = link.View,
            Hash = hash,
            PasswordHash = link.PasswordHash,
            EmbedOrigins = link.EmbedOrigins.Count == 0 ? null : JsonSerializer.Serialize(link.EmbedOrigins),
            AccountKey = link.AccountId is null ? null : context.Accounts.Where(a => a.Id == link.AccountId).Select(a => (long?)a.Key).FirstOrDefault(),
            CreatedBy = link.CreatedBy,
            Created = session.Runs.Now,
            Expires = link.Expires,
        };
        context.ShareLinks.Add(entity);
        context.SaveChanges();
        return Info(context, entity);
    });

    public Task<IReadOnlyList<ShareLinkInfo>> ListAsync(string project, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<ShareLinkInfo>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var links = context.ShareLinks.Where(l => l.Project == project && l.Revoked == null).OrderByDescending(l => l.Created).ThenByDescending(l => l.Key).ToList();
            var makers = links.Select(l => l.AccountKey).OfType<long>().Distinct().ToList();
            var accounts = context.Accounts.Where(a => makers.Contains(a.Key)).ToDictionary(a => a.Key, a => a.Id);
            return [.. links.Select(link => Info(link, link.AccountKey is { } key ? accounts.GetValueOrDefault(key) : null))];
        }, cancellation);

    public Task<ShareLinkInfo?> FindAsync(string id, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return Info(context, context.ShareLinks.FirstOrDefault(l => l.Id == id));
    }, cancellation);

    public Task<ShareLinkInfo?> FindByHashAsync(byte[] hash, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return Info(context, context.ShareLinks.FirstOrDefault(l => l.Hash == hash));
    }, cancellation);

    public Task NoteOpenedAsync(string id) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        var now = session.Runs.Now;
        return context.ShareLinks.Where(l => l.Id == id).ExecuteUpdate(link => link.SetProperty(l => l.Opened, l => l.Opened + 1).SetProperty(l => l.LastOpened, now));
    });

    public Task<ShareLinkInfo?> RevokeAsync(string id) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        if (context.ShareLinks.AsTracking().FirstOrDefault(l => l.Id == id && l.Revoked == null) is not { } link) return null;
        link.Revoked = session.Runs.Now;
        context.SaveChanges();
        return Info(context, link);
    });

    private static ShareLinkInfo? Info(StorageContext context, ShareLinkEntity? link) => link is null
        ? null
        : Info(link, link.AccountKey is { } key ? context.Accounts.Where(a => a.Key == key).Select(a => a.Id).FirstOrDefault() : null);

    private static ShareLinkInfo Info(ShareLinkEntity link, string? accountId) => new(
        link.Id, link.Project, link.Title, Texts(link.RunIds)!, Texts(link.Tags), link.View, link.PasswordHash, Texts(link.EmbedOrigins) ?? [],
        accountId, link.CreatedBy, link.Created, link.Expires, link.Revoked, link.LastOpened, link.Opened);

    private static string[]? Texts(string? json) => json is null ? null : JsonSerializer.Deserialize<string[]>(json);
}
