using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Artifacts: content on the disk first, then its row; a row's content is always there.</summary>
internal sealed class ArtifactStore(StorageEngine engine, StorageHealth health) : IArtifactStore
{
    public async Task<ArtifactInfo?> PutAsync(string runId, string name, string type, long? step, ArtifactOrigin origin, Stream content, CancellationToken cancellation)
    {
        if (!await ExistsAsync(runId, cancellation).ConfigureAwait(false)) return null;
        var (unfinished, sha256, size) = await ArtifactFiles.WriteAsync(engine.Folder, health, content, cancellation).ConfigureAwait(false);
        await engine.Folder.ArtifactNames.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ArtifactFiles.Finish(engine.Folder, health, unfinished, sha256);
            return await engine.Writer.CommandAsync(session =>
            {
                if (session.Runs.Find(runId) is not { } run) return null;
                using var context = StoreDatabase.Context(session.Connection);
                var newest = context.Artifacts.Where(a => a.RunKey == run.Key && a.Name == name).OrderByDescending(a => a.Key).FirstOrDefault();
                if (newest is not null && newest.Sha256 == sha256 && newest.Type == type && newest.Step == step && Origin(newest) == origin) return Info(newest);
                var row = new ArtifactEntity
                {
                    Id = Guid.CreateVersion7().ToString("n"),
                    RunKey = run.Key,
                    Name = name,
                    Type = type,
                    Step = step,
                    Size = size,
                    Sha256 = sha256,
                    Created = session.Runs.Now,
                    Reason = origin.Reason,
                    Metric = origin.Metric,
                    // SQLite has no NaN; a metric without a value is one.
                    MetricValue = origin.MetricValue is { } value && double.IsNaN(value) ? null : origin.MetricValue,
                    MetricGoal = origin.MetricGoal,
                };
                context.Artifacts.Add(row);
                context.SaveChanges();
                session.Runs.Touch(run);
                return Info(row);
            }).ConfigureAwait(false);
        }
        finally
        {
            engine.Folder.ArtifactNames.Release();
        }
    }

    public Task<IReadOnlyList<ArtifactInfo>?> ListAsync(string runId, string? type, double? asOf, bool versions, CancellationToken cancellation) =>
        ReadAsync(runId, (context, runKey) =>
        {
            var rows = context.Artifacts.Where(a => a.RunKey == runKey);
            if (asOf is { } time) rows = rows.Where(a => a.Created <= time);
            var listed = rows;
            if (!versions)
            {
                var newest = rows.GroupBy(a => a.Name).Select(one => one.Max(a => a.Key));
                listed = context.Artifacts.Where(a => newest.Contains(a.Key));
            }

            if (type is not null) listed = listed.Where(a => a.Type == type);
            return (IReadOnlyList<ArtifactInfo>)[.. listed.OrderByDescending(a => a.Key).AsEnumerable().Select(Info)];
        }, cancellation);

    public async Task<(ArtifactInfo Info, string Path)?> FindAsync(string runId, string name, long? step, string? id, CancellationToken cancellation)
    {
        var info = await ReadAsync(runId, (context, runKey) =>
        {
            var rows = context.Artifacts.Where(a => a.RunKey == runKey && a.Name == name);
            if (step is not null) rows = rows.Where(a => a.Step == step);
            if (id is not null) rows = rows.Where(a => a.Id == id);
            return rows.OrderByDescending(a => a.Key).Take(1).AsEnumerable().Select(Info).FirstOrDefault();
        }, cancellation).ConfigureAwait(false);
        return info is null ? null : (info, ArtifactFiles.PathOf(engine.Folder, info.Sha256));
    }

    public async Task<bool> RemoveAsync(string runId, string name, CancellationToken cancellation)
    {
        await engine.Folder.ArtifactNames.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (removed, files) = await engine.Writer.CommandAsync(session =>
            {
                if (session.Runs.Find(runId) is not { } run) return (false, (IReadOnlyList<string>)[]);
                using var context = StoreDatabase.Context(session.Connection);
                var rows = context.Artifacts.Where(a => a.RunKey == run.Key && a.Name == name);
                if (!rows.Any()) return (false, []);
                session.RunChanged(run);
                return (true, ArtifactRows.Remove(context, rows));
            }).ConfigureAwait(false);
            ArtifactFiles.Remove(engine.Folder, files);
            return removed;
        }
        finally
        {
            engine.Folder.ArtifactNames.Release();
        }
    }

    public Task<IReadOnlyList<(string RunId, ArtifactInfo Info)>> ListProjectAsync(string project, string type, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<(string, ArtifactInfo)>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var runs = context.Runs.Where(r => r.Project!.Name == project && !r.Removed);
            return
            [
                .. context.Artifacts.Where(a => a.Type == type).Join(runs, a => a.RunKey, r => r.Key, (a, r) => new { r.Id, Row = a }).OrderByDescending(one => one.Row.Key)
                    .AsEnumerable().Select(one => (one.Id, Info(one.Row))),
            ];
        }, cancellation);

    public Task<ArtifactInfo?> KeepAsync(string runId, string id, bool kept, CancellationToken cancellation) => engine.Writer.CommandAsync(session =>
    {
        if (session.Runs.Find(runId) is not { } run) return null;
        using var context = StoreDatabase.Context(session.Connection);
        if (context.Artifacts.AsTracking().FirstOrDefault(a => a.RunKey == run.Key && a.Id == id) is not { } row) return null;
        row.Kept = kept;
        context.SaveChanges();
        session.RunChanged(run);
        return Info(row);
    });

    public async Task<IReadOnlyList<string>> RemoveVersionsAsync(string runId, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        await engine.Folder.ArtifactNames.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (removed, files) = await engine.Writer.CommandAsync<(IReadOnlyList<string>, IReadOnlyList<string>)>(session =>
            {
                if (session.Runs.Find(runId) is not { } run) return ([], []);
                using var context = StoreDatabase.Context(session.Connection);
                var rows = context.Artifacts.Where(a => a.RunKey == run.Key && ids.Contains(a.Id) && !a.Kept);
                var found = rows.Select(a => a.Id).ToList();
                if (found.Count == 0) return ([], []);
                session.RunChanged(run);
                return (found, ArtifactRows.Remove(context, rows));
            }).ConfigureAwait(false);
            ArtifactFiles.Remove(engine.Folder, files);
            return removed;
        }
        finally
        {
            engine.Folder.ArtifactNames.Release();
        }
    }

    private Task<bool> ExistsAsync(string runId, CancellationToken cancellation) => ReadAsync(runId, (_, _) => true, cancellation);

    private Task<T?> ReadAsync<T>(string runId, Func<StorageContext, long, T> read, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        var run = context.Runs.Where(r => r.Id == runId && !r.Removed).Select(r => (long?)r.Key).FirstOrDefault();
        return run is { } key ? read(context, key) : default;
    }, cancellation);

    internal static ArtifactInfo Info(ArtifactEntity row) => new(row.Id, row.Name, row.Type, row.Step, row.Size, row.Sha256, row.Created, Origin(row), row.Kept);

    private static ArtifactOrigin Origin(ArtifactEntity row) =>
        new(row.Reason, row.Metric, row.Metric is null ? null : row.MetricValue ?? double.NaN, row.MetricGoal);
}
