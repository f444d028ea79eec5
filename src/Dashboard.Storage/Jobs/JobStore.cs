using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Jobs over EF Core: reads on a reader, changes on the writer's thread, each in the transaction of its group.</summary>
internal sealed class JobStore(StorageEngine engine) : IJobStore
{
    public Task<JobInfo?> AddAsync(NewJob job, int mostOpen, CancellationToken cancellation) => engine.Writer.CommandAsync(session =>
    {
        cancellation.ThrowIfCancellationRequested();
        using var context = StoreDatabase.Context(session.Connection);
        if (context.Projects.AsTracking().FirstOrDefault(p => p.Name == job.Project) is not { } project) return null;
        var before = job.Content is null ? null : SameContent(context, project.Key, job.Content, job.SpecJson);
        if (before is not null && before.Spec == job.SpecJson) return Info(before);
        if (context.Jobs.Count(j => j.ProjectKey == project.Key && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)) >= mostOpen) throw new TooManyJobsException(mostOpen);
        var row = new JobEntity
        {
            Id = Guid.CreateVersion7().ToString("n"),
            Project = project,
            Kind = job.Kind,
            Name = job.Name,
            Spec = job.SpecJson,
            Device = job.Device,
            Content = job.Content,
            Created = session.Runs.Now,
        };
        context.Jobs.Add(row);
        context.SaveChanges();
        if (before is { Status: JobStatus.Succeeded })
        {
            context.JobResults.Add(new JobResultEntity { JobKey = row.Key, Data = context.JobResults.Where(r => r.JobKey == before.Key).Select(r => r.Data).Single() });
            (row.Started, row.Progress, row.Backend, row.Message) = (row.Created, 1, before.Backend, $"Computed before, as the job {before.Id}.");
            Finish(session, row, JobStatus.Succeeded, null, null);
            context.SaveChanges();
        }
        return Info(row);
    });

    public Task<JobInfo?> FindContentAsync(string project, string content, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        var key = context.Projects.Where(p => p.Name == project).Select(p => (long?)p.Key).FirstOrDefault();
        return key is { } found && SameContent(context, found, content, null) is { } row ? Info(row) : null;
    }, cancellation);

    public Task<JobInfo?> FindAsync(string id, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return context.Jobs.Include(j => j.Project).FirstOrDefault(j => j.Id == id) is { } row ? Info(row) : null;
    }, cancellation);

    // A statement, as the first query over EF Core has to wait for the model: a start asks this.
    public Task<bool> IsAnyRunningAsync(CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var select = new Statement(connection, """SELECT 1 FROM "jobs" WHERE "Status" = $1 LIMIT 1""", 1);
        return select.Scalar((int)JobStatus.Running) is not null;
    }, cancellation);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellation)
    {
        long? before = query.Cursor is null ? null
            : long.TryParse(query.Cursor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key) ? key
            : throw new ArgumentException("The cursor is not one that a listing gave.", nameof(query));
        return engine.Database.ReadAsync(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var rows = context.Jobs.Include(j => j.Project).Where(j => query.Kinds.Contains(j.Kind));
            if (query.Project is not null) rows = rows.Where(j => j.Project!.Name == query.Project);
            if (query.Projects is { } projects) rows = rows.Where(j => projects.Contains(j.Project!.Name));
            if (query.Status is { } status) rows = rows.Where(j => j.Status == status);
            if (before is not null) rows = rows.Where(j => j.Key < before);
            var found = rows.OrderByDescending(j => j.Key).Take(query.Limit + 1).ToList();
            var next = found.Count > query.Limit ? found[query.Limit - 1].Key.ToString("x", CultureInfo.InvariantCulture) : null;
            return new JobPage([.. found.Take(query.Limit).Select(Info)], next);
        }, cancellation);
    }

    public Task<JobInfo?> LeaseAsync(IReadOnlyCollection<string> kinds, IReadOnlyCollection<string> devices, string worker, IReadOnlyCollection<string>? projects) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        var waiting = context.Jobs.AsTracking().Include(j => j.Project).Where(j => j.Status == JobStatus.Queued && kinds.Contains(j.Kind) && devices.Contains(j.Device));
        if (projects is not null) waiting = waiting.Where(j => projects.Contains(j.Project!.Name));
        var row = waiting.OrderBy(j => j.Key).FirstOrDefault();
        if (row is null) return null;
        row.Status = JobStatus.Running;
        row.Token++;
        row.Worker = worker;
        row.Backend = null;
        row.Started ??= session.Runs.Now;
        context.SaveChanges();
        return Info(row);
    });

    public Task<JobInfo> AppendAsync(string id, long token, JobStep step, int mostLogLines) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        var row = Leased(context, id, token);
        row.Progress = step.Progress ?? row.Progress;
        row.Message = step.Message ?? row.Message;
        row.Backend = step.Backend ?? row.Backend;
        foreach (var part in step.Parts)
        {
            if (context.JobParts.Any(p => p.JobKey == row.Key && p.Stage == part.Stage && p.Index == part.Index)
                || context.JobParts.Local.Any(p => p.Stage == part.Stage && p.Index == part.Index))
                continue;
            context.JobParts.Add(new JobPartEntity { JobKey = row.Key, Number = ++row.Parts, Stage = part.Stage, Index = part.Index, Data = part.Data });
        }
        AddLog(context, row, step.Log);
        context.SaveChanges();
        if (step.Log.Count > 0) CutLog(context, row.Key, mostLogLines);
        return Info(row);
    });

    public Task<JobInfo> EndAsync(string id, long token, JobOutcome outcome) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        var row = Leased(context, id, token);
        // Whoever held the lease is fenced off from here on.
        row.Token++;
        row.Backend = outcome.Backend ?? row.Backend;
        AddLog(context, row, outcome.Log);
        if (outcome.Died) row.Deaths++;
        if (outcome.Result is { } result)
        {
            context.JobResults.Add(new JobResultEntity { JobKey = row.Key, Data = result });
            context.JobParts.Where(p => p.JobKey == row.Key).ExecuteDelete();
            row.Parts = 0;
            row.Progress = 1;
            Finish(session, row, JobStatus.Succeeded, null, null);
        }
        else if (outcome.GivenBack || (outcome.Died && row.Deaths < outcome.MostDeaths))
        {
            row.Status = JobStatus.Queued;
            row.Message = outcome.Error;
        }
        else
        {
            // Why it is not tried again, then what was said last.
            var error = outcome.Died ? $"Set aside: its worker, or the worker's engine, died {row.Deaths} times. {outcome.Error}" : outcome.Error;
            Finish(session, row, JobStatus.Failed, error, outcome.ErrorCode);
        }
        context.SaveChanges();
        return Info(row);
    });

    public Task<JobInfo?> CancelAsync(string id) => ChangeAsync(id, (session, _, row) =>
    {
        if (row.Status is not (JobStatus.Queued or JobStatus.Running)) return;
        row.Token++;
        Finish(session, row, JobStatus.Cancelled, null, null);
    });

    public Task<JobInfo?> RetryAsync(string id) => ChangeAsync(id, (_, _, row) =>
    {
        if (row.Status is not (JobStatus.Failed or JobStatus.Cancelled)) return;
        (row.Status, row.Deaths, row.Error, row.ErrorCode, row.Message, row.Started, row.Finished) = (JobStatus.Queued, 0, null, null, null, null, null);
    });

    public Task<JobInfo?> RemoveAsync(string id) => ChangeAsync(id, (_, context, row) =>
    {
        if (row.Status is JobStatus.Queued or JobStatus.Running) return;
        context.JobParts.Where(p => p.JobKey == row.Key).ExecuteDelete();
        context.JobLog.Where(l => l.JobKey == row.Key).ExecuteDelete();
        context.JobResults.Where(r => r.JobKey == row.Key).ExecuteDelete();
        context.Jobs.Remove(row);
    });

    public Task<IReadOnlyList<StoredPart>?> ReadPartsAsync(string id, long after, long mostBytes, bool last, CancellationToken cancellation) => ReadAsync<IReadOnlyList<StoredPart>>(id, (context, key) =>
    {
        var parts = new List<StoredPart>();
        long bytes = 0;
        var later = context.JobParts.Where(p => p.JobKey == key && p.Number > after);
        foreach (var row in (last ? later.OrderByDescending(p => p.Number).Take(1) : later.OrderBy(p => p.Number)).AsEnumerable())
        {
            parts.Add(new StoredPart(row.Number, row.Stage, row.Index, row.Data));
            if ((bytes += row.Data.Length) >= mostBytes) break;
        }
        return parts;
    }, cancellation);

    public Task<IReadOnlyList<LogLine>?> ReadLogAsync(string id, CancellationToken cancellation) => ReadAsync<IReadOnlyList<LogLine>>(
        id, (context, key) => [.. context.JobLog.Where(l => l.JobKey == key).OrderBy(l => l.Key).Select(l => new LogLine(l.WallTime, l.Message))], cancellation);

    public Task<byte[]?> ReadResultAsync(string id, CancellationToken cancellation) => ReadAsync(
        id, (context, key) => context.JobResults.Where(r => r.JobKey == key).Select(r => r.Data).FirstOrDefault(), cancellation);

    private Task<T?> ReadAsync<T>(string id, Func<StorageContext, long, T?> read, CancellationToken cancellation)
        where T : class => engine.Database.ReadAsync(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var key = context.Jobs.Where(j => j.Id == id).Select(j => (long?)j.Key).FirstOrDefault();
            return key is { } found ? read(context, found) : null;
        }, cancellation);

    private Task<JobInfo?> ChangeAsync(string id, Action<WriterSession, StorageContext, JobEntity> change) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        if (context.Jobs.AsTracking().Include(j => j.Project).FirstOrDefault(j => j.Id == id) is not { } row) return null;
        change(session, context, row);
        context.SaveChanges();
        return Info(row);
    });

    /// <summary>What has succeeded goes before what is still on its way, then what was asked for in the same words.</summary>
    private static JobEntity? SameContent(StorageContext context, long projectKey, string content, string? spec) =>
        context.Jobs.Include(j => j.Project)
            .Where(j => j.ProjectKey == projectKey && j.Content == content && (j.Status == JobStatus.Succeeded || j.Status == JobStatus.Queued || j.Status == JobStatus.Running))
            .OrderByDescending(j => j.Status == JobStatus.Succeeded).ThenByDescending(j => j.Spec == spec).ThenByDescending(j => j.Key).FirstOrDefault();

    private static JobEntity Leased(StorageContext context, string id, long token) =>
        context.Jobs.AsTracking().Include(j => j.Project).FirstOrDefault(j => j.Id == id && j.Status == JobStatus.Running && j.Token == token) ?? throw new LeaseLostException();

    private static void Finish(WriterSession session, JobEntity row, JobStatus status, string? error, string? code) =>
        (row.Status, row.Finished, row.Error, row.ErrorCode) = (status, session.Runs.Now, error, code);

    private static void AddLog(StorageContext context, JobEntity row, IReadOnlyList<LogLine> lines) =>
        context.JobLog.AddRange(lines.Select(line => new JobLogEntity { JobKey = row.Key, WallTime = line.WallTime, Message = line.Message }));

    private static void CutLog(StorageContext context, long jobKey, int most)
    {
        var lines = context.JobLog.Where(l => l.JobKey == jobKey);
        if (lines.OrderByDescending(l => l.Key).Skip(most).Select(l => (long?)l.Key).FirstOrDefault() is { } last)
            lines.Where(l => l.Key <= last).ExecuteDelete();
    }

    internal static JobInfo Info(JobEntity row) => new()
    {
        Id = row.Id,
        Project = row.Project!.Name,
        Kind = row.Kind,
        Name = row.Name,
        SpecJson = row.Spec,
        Status = row.Status,
        Progress = row.Progress,
        Message = row.Message,
        Backend = row.Backend,
        Error = row.Error,
        ErrorCode = row.ErrorCode,
        Worker = row.Worker,
        Deaths = row.Deaths,
        Parts = row.Parts,
        Token = row.Token,
        Created = row.Created,
        Started = row.Started,
        Finished = row.Finished,
    };
}
