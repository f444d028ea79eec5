using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Projects and runs over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class RunStore(StorageEngine engine) : IRunStore
{
    public Task<IReadOnlyList<ProjectInfo>> ListProjectsAsync(CancellationToken cancellation) => engine.Database.ReadAsync<IReadOnlyList<ProjectInfo>>(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return
        [
            .. context.Projects
                .Select(p => new
                {
                    p.Name,
                    p.Created,
                    Updated = context.Runs.Where(r => r.ProjectKey == p.Key && !r.Removed).Max(r => (double?)r.Updated),
                    Runs = context.Runs.Count(r => r.ProjectKey == p.Key && !r.Removed && r.Trashed == null),
                    Running = context.Runs.Count(r => r.ProjectKey == p.Key && !r.Removed && r.Trashed == null && r.Status == RunStatus.Running),
                })
                .AsEnumerable()
                .Select(p => new ProjectInfo(p.Name, p.Created, Math.Max(p.Created, p.Updated ?? 0), p.Runs, p.Running))
                .OrderByDescending(p => p.Updated),
        ];
    }, cancellation);

    public async Task<(RunInfo Run, bool Created)> PutAsync(string project, string name, RunChange change, CancellationToken cancellation)
    {
        var (id, created) = await engine.Writer.CommandAsync(session =>
        {
            var run = session.Runs.Open(project, name, out var isNew);
            Apply(session, run, change);
            return (run.Id, isNew);
        }).ConfigureAwait(false);
        // Removed between the two: the answer is what the caller asked for all the same, and the next request says that it is gone.
        var info = await FindAsync(id, cancellation).ConfigureAwait(false) ?? new RunInfo { Id = id, Project = project, Name = name };
        return (info, created);
    }

    public Task<RunInfo?> FindAsync(string runId, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        var run = context.Runs.Include(r => r.Project).FirstOrDefault(r => r.Id == runId && !r.Removed);
        if (run is null) return null;
        var (summary, truncated) = new SummaryReader(connection, engine.Cache).Read(run, int.MaxValue);
        return Info(run, engine.Cache, summary, truncated);
    }, cancellation);

    public Task<RunPage> ListAsync(RunQuery query, CancellationToken cancellation)
    {
        var after = RunCursor.Parse(query.Cursor);
        return engine.Database.ReadAsync(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var runs = context.Runs.Include(r => r.Project).Where(r => !r.Removed && r.Trashed != null == query.Trash);
            if (query.Project is { } project) runs = runs.Where(r => r.Project!.Name == project);
            if (query.Within is var (projects, ids)) runs = runs.Where(r => projects.Contains(r.Project!.Name) || ids.Contains(r.Id));
            if (after is var (created, key)) runs = runs.Where(r => r.Created < created || (r.Created == created && r.Key < key));
            var page = runs.OrderByDescending(r => r.Created).ThenByDescending(r => r.Key).Take(query.Limit + 1).ToList();
            var summaries = new SummaryReader(connection, engine.Cache);
            var more = page.Count > query.Limit;
            if (more) page.RemoveAt(query.Limit);
            return new RunPage([.. page.Select(Info)], more ? RunCursor.Write(page[^1]) : null);

            RunInfo Info(RunEntity run)
            {
                var (summary, truncated) = summaries.Read(run, query.SummaryTags);
                return RunStore.Info(run, engine.Cache, summary, truncated);
            }
        }, cancellation);
    }

    public async Task<RunInfo?> ChangeAsync(string runId, RunChange change, CancellationToken cancellation)
    {
        var found = await engine.Writer.CommandAsync(session =>
        {
            if (session.Runs.Find(runId) is not { } run) return false;
            Apply(session, run, change);
            return true;
        }).ConfigureAwait(false);
        return found ? await FindAsync(runId, cancellation).ConfigureAwait(false) : null;
    }

    public Task<(int Changed, IReadOnlyList<string> Missing)> ChangeAsync(IReadOnlyList<string> runIds, RunChange change, CancellationToken cancellation) =>
        engine.Writer.CommandAsync<(int, IReadOnlyList<string>)>(session =>
        {
            var missing = new List<string>();
            var changed = 0;
            foreach (var id in runIds.Distinct(StringComparer.Ordinal))
            {
                if (session.Runs.Find(id) is not { } run)
                {
                    missing.Add(id);
                    continue;
                }

                Apply(session, run, change);
                changed++;
            }

            return (changed, missing);
        });

    public async Task<bool> RemoveAsync(string runId, CancellationToken cancellation)
    {
        await engine.Folder.ArtifactNames.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (removed, files) = await engine.Writer.CommandAsync(session => Remove(session, runId), (session, gone) =>
            {
                if (gone.Run is { } run) session.Inbox.Forget(run);
            }).ConfigureAwait(false);
            ArtifactFiles.Remove(engine.Folder, files);
            return removed is not null;
        }
        finally
        {
            engine.Folder.ArtifactNames.Release();
        }
    }

    private static (RunState? Run, IReadOnlyList<string> Files) Remove(WriterSession session, string runId)
    {
        if (session.Runs.Find(runId) is not { } run) return (null, []);
        using var context = StoreDatabase.Context(session.Connection);
        context.Runs.Where(r => r.Key == run.Key).ExecuteUpdate(r => r.SetProperty(x => x.Removed, true));
        var files = ArtifactRows.Remove(context, context.Artifacts.Where(a => a.RunKey == run.Key));
        session.Runs.Remove(run);
        session.RunChanged(run, removed: true);
        return (run, files);
    }

    private static void Apply(WriterSession session, RunState run, RunChange change)
    {
        using var context = StoreDatabase.Context(session.Connection);
        var row = context.Runs.AsTracking().Single(r => r.Key == run.Key);
        if (change.Base is { } from) Check(from, row);
        if (change.Name is { } name && name != row.Name)
        {
            if (context.Runs.Any(r => r.ProjectKey == row.ProjectKey && r.Name == name && !r.Removed)) throw new RunNameTakenException(name);
            row.Name = name;
            session.Runs.Rename(run, name);
        }

        if (change.Group is { } group) row.Group = NullIfEmpty(group);
        if (change.Parent is { } parent) row.Parent = NullIfEmpty(parent);
        row.Status = change.Status ?? row.Status;
        row.Config = change.ConfigJson ?? row.Config;
        row.Notes = change.Notes ?? row.Notes;
        if (change.Tags is { } tags) row.Tags = JsonSerializer.Serialize(tags);
        if (change.AddTags.Count + change.RemoveTags.Count > 0) row.Tags = JsonSerializer.Serialize(Tags(row).Union(change.AddTags).Except(change.RemoveTags));
        if (change.Color is { } color) row.Color = color < 0 ? null : color;
        if (change.Archived is { } archived) row.Archived = archived ? row.Archived ?? session.Runs.Now : null;
        if (change.Trashed is { } trashed) row.Trashed = trashed ? row.Trashed ?? session.Runs.Now : null;
        // What a person edits later is no sign of life of the job: a finished run must not grow longer.
        if (change is { Status: not null } or { ConfigJson: not null }) row.Updated = run.Touched = run.TouchedStored = session.Runs.Now;
        context.SaveChanges();
        session.RunChanged(run);
    }

    private static void Check(RunBase from, RunEntity row)
    {
        if (from.Name is { } name && name != row.Name) throw new RunChangedException("name");
        if (from.Group is { } group && group != (row.Group ?? "")) throw new RunChangedException("group");
        if (from.Notes is { } notes && notes != row.Notes) throw new RunChangedException("notes");
        if (from.Tags is { } tags && !tags.SequenceEqual(Tags(row))) throw new RunChangedException("tags");
    }

    private static List<string> Tags(RunEntity row) => JsonSerializer.Deserialize<List<string>>(row.Tags) ?? [];

    internal static RunInfo Info(RunEntity run, RunCache cache, IReadOnlyDictionary<string, ScalarSummary> summary, bool truncated)
    {
        var touched = cache.TryGet(run.Id, out var live) ? live.Touched : 0;
        return new RunInfo
        {
            Id = run.Id,
            Order = run.Key,
            Project = run.Project!.Name,
            Name = run.Name,
            Group = run.Group,
            Parent = run.Parent,
            Status = run.Status,
            ConfigJson = run.Config,
            Tags = Tags(run),
            Notes = run.Notes,
            Created = run.Created,
            Updated = Math.Max(run.Updated, touched),
            Trashed = run.Trashed,
            Archived = run.Archived,
            Color = run.Color,
            Summary = summary,
            SummaryTruncated = truncated,
        };
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
