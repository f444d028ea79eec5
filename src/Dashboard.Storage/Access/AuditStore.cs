using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>The audit log over EF Core: reads on a reader, entries on the writer's thread.</summary>
internal sealed class AuditStore(StorageEngine engine) : IAuditStore
{
    public Task AddAsync(AuditInfo entry) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        context.Audit.Add(new AuditEntity
        {
            Time = session.Runs.Now,
            Action = entry.Action,
            ActorKind = entry.ActorKind,
            ActorId = entry.ActorId,
            Actor = entry.Actor,
            Address = entry.Address,
            Project = entry.Project,
            Subject = entry.Subject,
            Detail = entry.DetailJson,
        });
        return context.SaveChanges();
    });

    public Task<IReadOnlyList<AuditInfo>> ListAsync(string? project, long? before, int limit, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<AuditInfo>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            IQueryable<AuditEntity> entries = context.Audit;
            if (project is not null) entries = entries.Where(a => a.Project == project);
            if (before is not null) entries = entries.Where(a => a.Key < before);
            return
            [
                .. entries.OrderByDescending(a => a.Key).Take(limit)
                    .Select(a => new AuditInfo(a.Key, a.Time, a.Action, a.ActorKind, a.ActorId, a.Actor, a.Address, a.Project, a.Subject, a.Detail)),
            ];
        }, cancellation);

    public Task<int> RemoveBeforeAsync(double time) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        return context.Audit.Where(a => a.Time < time).ExecuteDelete();
    });
}
