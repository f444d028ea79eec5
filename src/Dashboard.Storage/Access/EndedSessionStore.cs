using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Ended sessions over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class EndedSessionStore(StorageEngine engine) : IEndedSessionStore
{
    public Task AddAsync(string id, double until) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        var now = session.Runs.Now;
        context.EndedSessions.Where(s => s.Until < now).ExecuteDelete();
        if (context.EndedSessions.Any(s => s.Id == id)) return false;
        context.EndedSessions.Add(new EndedSessionEntity { Id = id, Until = until });
        context.SaveChanges();
        return true;
    });

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => engine.Database.ReadAsync<IReadOnlyList<string>>(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return context.EndedSessions.Select(s => s.Id).ToList();
    }, cancellation);
}
