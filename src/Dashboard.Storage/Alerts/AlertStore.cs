using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Messages over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class AlertStore(StorageEngine engine) : IAlertStore
{
    // Messages kept of a project as a record: months of a busy one.
    private const int Kept = 5000;

    public Task<AlertInfo?> AddAsync(string runId, string channel, IReadOnlyList<AlertKey> keys, Func<string, IReadOnlySet<AlertKey>, string> body) =>
        engine.Writer.CommandAsync(session =>
        {
            using var context = StoreDatabase.Context(session.Connection);
            if (context.Runs.Include(r => r.Project).FirstOrDefault(r => r.Id == runId && !r.Removed) is not { } run) return null;
            var told = context.AlertMarks.Where(m => m.RunKey == run.Key && m.Channel == channel).Select(m => new AlertKey(m.Code, m.Tag)).ToHashSet();
            var fresh = keys.Where(key => !told.Contains(key)).ToHashSet();
            if (fresh.Count == 0) return null;
            var id = Guid.CreateVersion7().ToString("n");
            var alert = new AlertEntity
            {
                Id = id,
                ProjectKey = run.ProjectKey,
                RunKey = run.Key,
                Channel = channel,
                Body = body(id, fresh),
                Created = session.Runs.Now,
                Next = session.Runs.Now,
            };
            context.Alerts.Add(alert);
            context.AlertMarks.AddRange(fresh.Select(key => new AlertMarkEntity { RunKey = run.Key, Channel = channel, Code = key.Code, Tag = key.Tag }));
            context.SaveChanges();
            Prune(context, run.ProjectKey);
            return Info(alert, run.Project!.Name, run.Id);
        });

    public Task<IReadOnlyList<AlertInfo>> DueAsync(double now, int limit, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return Read(context, context.Alerts.Where(a => a.Status == AlertStatus.Pending && a.Next <= now).OrderBy(a => a.Next).ThenBy(a => a.Key).Take(limit));
    }, cancellation);

    public Task<double?> NextDueAsync(CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return context.Alerts.Where(a => a.Status == AlertStatus.Pending).Min(a => a.Next);
    }, cancellation);

    public Task TriedAsync(string id, string? error, double? next) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        if (context.Alerts.AsTracking().FirstOrDefault(a => a.Id == id) is not { } alert) return false;
        alert.Attempts++;
        alert.Error = error;
        alert.Next = error is null ? null : next;
        alert.Status = error is null ? AlertStatus.Sent : next is null ? AlertStatus.Failed : AlertStatus.Pending;
        alert.Ended = alert.Status == AlertStatus.Pending ? null : session.Runs.Now;
        context.SaveChanges();
        return true;
    });

    public Task<IReadOnlyList<AlertInfo>> ListAsync(string project, int limit, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        var key = context.Projects.Where(p => p.Name == project).Select(p => p.Key).FirstOrDefault();
        return Read(context, context.Alerts.Where(a => a.ProjectKey == key).OrderByDescending(a => a.Key).Take(limit));
    }, cancellation);

    private static void Prune(StorageContext context, long project)
    {
        var last = context.Alerts.Where(a => a.ProjectKey == project).OrderByDescending(a => a.Key).Skip(Kept).Select(a => (long?)a.Key).FirstOrDefault();
        if (last is { } oldest) context.Alerts.Where(a => a.ProjectKey == project && a.Key <= oldest && a.Status != AlertStatus.Pending).ExecuteDelete();
    }

    // Joined here: a run whose data is being removed has no name to tell, and its messages go with it.
    private static IReadOnlyList<AlertInfo> Read(StorageContext context, IQueryable<AlertEntity> alerts) =>
    [
        .. alerts.ToList().Join(
            context.Runs.Include(r => r.Project).Where(r => !r.Removed && alerts.Select(a => a.RunKey).Contains(r.Key)).ToList(), a => a.RunKey, r => r.Key,
            (alert, run) => Info(alert, run.Project!.Name, run.Id)),
    ];

    private static AlertInfo Info(AlertEntity alert, string project, string runId) => new(
        alert.Id, project, runId, alert.Channel, alert.Body, alert.Status, alert.Attempts, alert.Created, alert.Next, alert.Ended, alert.Error);
}
