using System.Text.Json;
using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>
/// A project on its way in. Everything large goes through the writer at once, in small pieces: runs marked as removed, jobs, both under a claim in place of
/// a project. The last transaction makes the project and lets them see the light; what never gets so far is purged like removed runs.
/// </summary>
internal sealed class ProjectIntake(StorageEngine engine, StorageHealth health, string project) : IProjectIntake
{
    /// <summary>Bytes a piece brings to the writer: a few milliseconds of its time, so that no acknowledgement waits long.</summary>
    private const long SliceBytes = 1 << 20;

    private const int ChunksOfCoarse = SeriesLevels.CoarseSpan / SeriesLevels.ChunkSpan;

    private readonly long _claim = engine.Claims.Take();
    private readonly Dictionary<string, RunState> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<RunState, List<(string Tag, RecordKind Kind)>> _tags = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<(string Run, RecordKind Kind, string Tag)> _series = [];
    private readonly HashSet<(string Run, ArchivedMark Mark)> _told = [];
    private readonly Dictionary<string, (string Unfinished, long Size)> _files = new(StringComparer.Ordinal);
    private readonly List<ArtifactEntity> _artifacts = [];
    private readonly List<ViewInfo> _views = [];
    private readonly List<SettingInfo> _settings = [];
    private readonly List<AlertMarkEntity> _marks = [];
    private bool _committed;
    private bool _disposed;

    /// <summary>Refuses a name that is taken before anything is written.</summary>
    public Task BeginAsync() => engine.Writer.CommandAsync(session => RequireFree(session.Connection));

    public async Task AddRunAsync(RunInfo run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // What the database would refuse must not get there: it would take the whole group of the writer with it.
        if (_runs.ContainsKey(run.Id) || !_names.Add(run.Name)) throw new ArgumentException($"There is a run '{run.Name}' already.", nameof(run));
        var key = await engine.Writer.CommandAsync(session =>
        {
            using var context = StoreDatabase.Context(session.Connection);
            var row = new RunEntity
            {
                Id = run.Id,
                ProjectKey = _claim,
                Name = run.Name,
                Group = run.Group,
                Parent = run.Parent,
                Status = run.Status,
                Config = run.ConfigJson,
                Tags = JsonSerializer.Serialize(run.Tags),
                Notes = run.Notes,
                Created = run.Created,
                Updated = run.Updated,
                Trashed = run.Trashed,
                Archived = run.Archived,
                Color = run.Color,
                Removed = true,
            };
            context.Runs.Add(row);
            context.SaveChanges();
            return row.Key;
        }).ConfigureAwait(false);
        var state = new RunState(key, run.Id, project, run.Name);
        _runs[run.Id] = state;
        _tags[state] = [];
    }

    public async Task AddScalarsAsync(string runId, string tag, IAsyncEnumerable<SeriesColumns> blocks, CancellationToken cancellation)
    {
        var state = await OpenAsync(runId, RecordKind.Scalar, tag).ConfigureAwait(false);
        var totals = SeriesTotals.Empty;
        var slice = new List<SealedChunk>();
        var coarse = new List<(long FirstIndex, byte[] Entry)>();
        var entries = new List<LevelEntry>();
        long size = 0;
        await foreach (var points in blocks.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (totals.Count % SeriesLevels.ChunkSpan != 0 || points.Count is 0 or > SeriesLevels.ChunkSpan)
                throw new ArgumentException($"Blocks must have {SeriesLevels.ChunkSpan} points, the last one perhaps fewer.", nameof(blocks));
            var chunk = Chunk(totals.Count, points);
            slice.Add(chunk);
            totals.Append(points, 0);
            entries.Add(chunk.Entry);
            if (entries.Count == ChunksOfCoarse && totals.Count % SeriesLevels.CoarseSpan == 0)
            {
                var merged = SeriesLevels.Merge(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));
                coarse.Add((totals.Count - SeriesLevels.CoarseSpan, SeriesLevels.WriteEntries([merged])));
                entries.Clear();
            }

            size += chunk.Points.Length + chunk.Fine.Length;
            if (size < SliceBytes) continue;
            await WriteAsync(new SealedSeries(state, totals, 0, slice[0].FirstIndex, slice, coarse)).ConfigureAwait(false);
            (slice, coarse, size) = ([], [], 0);
        }

        if (slice.Count > 0) await WriteAsync(new SealedSeries(state, totals, 0, slice[0].FirstIndex, slice, coarse)).ConfigureAwait(false);
    }

    public async Task AddRecordsAsync(string runId, RecordKind kind, string tag, IAsyncEnumerable<RecordBlock> records, CancellationToken cancellation)
    {
        var state = await OpenAsync(runId, kind, tag).ConfigureAwait(false);
        var totals = SeriesTotals.Empty;
        var slice = new List<(SeriesTotals Totals, RecordBlock Record)>();
        long size = 0;
        await foreach (var record in records.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (totals.Count++ == 0) totals.FirstStep = record.Step;
            totals.LastStep = record.Step;
            slice.Add((totals, record));
            size += record.Payload.Length + 64;
            if (size < SliceBytes) continue;
            await WriteAsync(state, slice).ConfigureAwait(false);
            (slice, size) = ([], 0);
        }

        if (slice.Count > 0) await WriteAsync(state, slice).ConfigureAwait(false);
    }

    public async Task<string> AddFileAsync(Stream content, CancellationToken cancellation)
    {
        var (unfinished, sha256, size) = await ArtifactFiles.WriteAsync(engine.Folder, health, content, cancellation).ConfigureAwait(false);
        if (!_files.TryAdd(sha256, (unfinished, size))) File.Delete(unfinished);
        return sha256;
    }

    public void AddArtifact(string runId, ArtifactInfo artifact)
    {
        if (!_files.TryGetValue(artifact.Sha256, out var file) || file.Size != artifact.Size)
            throw new ArgumentException($"The content of the artifact '{artifact.Name}' was not added before it.", nameof(artifact));
        var value = artifact.Origin.MetricValue;
        _artifacts.Add(new ArtifactEntity
        {
            Id = artifact.Id,
            RunKey = Run(runId).Key,
            Name = artifact.Name,
            Type = artifact.Type,
            Step = artifact.Step,
            Size = artifact.Size,
            Sha256 = artifact.Sha256,
            Created = artifact.Created,
            Reason = artifact.Origin.Reason,
            Metric = artifact.Origin.Metric,
            MetricValue = value is { } number && double.IsNaN(number) ? null : value,
            MetricGoal = artifact.Origin.MetricGoal,
            Kept = artifact.Kept,
        });
    }

    public Task AddJobAsync(ArchivedJob job, byte[]? result, IReadOnlyList<LogLine> log, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var info = job.Info;
        if (info.Status is JobStatus.Queued or JobStatus.Running) throw new ArgumentException("A job that comes in must have ended.", nameof(job));
        return engine.Writer.CommandAsync(session =>
        {
            using var context = StoreDatabase.Context(session.Connection);
            var row = new JobEntity
            {
                Id = info.Id,
                ProjectKey = _claim,
                Kind = info.Kind,
                Name = info.Name,
                Spec = info.SpecJson,
                Device = job.Device,
                Content = job.Content,
                Status = info.Status,
                Progress = info.Progress,
                Message = info.Message,
                Backend = info.Backend,
                Error = info.Error,
                ErrorCode = info.ErrorCode,
                Worker = info.Worker,
                Deaths = info.Deaths,
                Token = 1,
                Created = info.Created,
                Started = info.Started,
                Finished = info.Finished,
            };
            context.Jobs.Add(row);
            context.SaveChanges();
            if (result is not null) context.JobResults.Add(new JobResultEntity { JobKey = row.Key, Data = result });
            context.JobLog.AddRange(log.Select(line => new JobLogEntity { JobKey = row.Key, WallTime = line.WallTime, Message = line.Message }));
            context.SaveChanges();
            return true;
        });
    }

    public void AddView(ViewInfo view) => _views.Add(view);

    public void AddSetting(SettingInfo setting)
    {
        if (_settings.Any(one => one.Name == setting.Name)) throw new ArgumentException($"There is a setting '{setting.Name}' already.", nameof(setting));
        _settings.Add(setting);
    }

    public void AddMark(string runId, ArchivedMark mark)
    {
        if (_told.Add((runId, mark))) _marks.Add(new AlertMarkEntity { RunKey = Run(runId).Key, Channel = mark.Channel, Code = mark.Code, Tag = mark.Tag });
    }

    public async Task CommitAsync(double created)
    {
        await engine.Folder.ArtifactNames.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var (sha256, file) in _files) ArtifactFiles.Finish(engine.Folder, health, file.Unfinished, sha256);
            await engine.Writer.CommandAsync(
                session => Publish(session, created),
                (session, _) =>
                {
                    foreach (var (run, tags) in _tags)
                    {
                        if (tags.Count > 0) session.Tell(observer => observer.SeriesAdded(session.Inbox.LastSeq, project, run.Id, tags));
                    }
                }).ConfigureAwait(false);
            _committed = true;
        }
        catch (StoreException)
        {
            await RemoveFilesAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            engine.Folder.ArtifactNames.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        engine.Claims.Release(_claim);
        if (_committed) return;
        foreach (var file in _files.Values) File.Delete(file.Unfinished);
        try
        {
            await engine.Writer.CommandAsync(session => RemoveLeftovers(session.Connection, engine.Claims)).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The store is stopping or its disk is full: the next start removes them.
        }
    }

    /// <summary>Removes the jobs of projects that never came in whole. Their runs count as removed and are purged as such.</summary>
    public static bool RemoveLeftovers(SqliteConnection connection, IntakeClaims claims)
    {
        var left = $"""SELECT "Key" FROM "jobs" WHERE "ProjectKey" < 0 AND "ProjectKey" NOT IN ({claims.Held})""";
        StoreDatabase.Run(connection, $"""DELETE FROM "job_results" WHERE "JobKey" IN ({left})""");
        StoreDatabase.Run(connection, $"""DELETE FROM "job_log" WHERE "JobKey" IN ({left})""");
        StoreDatabase.Run(connection, $"""DELETE FROM "jobs" WHERE "Key" IN ({left})""");
        return true;
    }

    private bool Publish(WriterSession session, double created)
    {
        RequireFree(session.Connection);
        using var context = StoreDatabase.Context(session.Connection);
        var owner = new ProjectEntity { Name = project, Created = created };
        context.Projects.Add(owner);
        context.SaveChanges();
        using var runs = new Statement(session.Connection, """UPDATE "runs" SET "ProjectKey" = $1, "Removed" = 0 WHERE "ProjectKey" = $2""", 2);
        runs.Execute(owner.Key, _claim);
        using var jobs = new Statement(session.Connection, """UPDATE "jobs" SET "ProjectKey" = $1 WHERE "ProjectKey" = $2""", 2);
        jobs.Execute(owner.Key, _claim);
        context.Artifacts.AddRange(_artifacts);
        // One by one, so that rows get their keys in this order.
        foreach (var view in _views)
        {
            context.Views.Add(new ViewEntity
            {
                Id = view.Id,
                ProjectKey = owner.Key,
                Kind = view.Kind,
                Name = view.Name,
                Body = view.BodyJson,
                Version = view.Version,
                Created = view.Created,
                Updated = view.Updated,
            });
            context.SaveChanges();
        }

        context.Settings.AddRange(_settings.Select(setting =>
            new SettingEntity { ProjectKey = owner.Key, Name = setting.Name, Body = setting.BodyJson, Revision = setting.Revision, Updated = setting.Updated }));
        context.AlertMarks.AddRange(_marks);
        context.SaveChanges();
        foreach (var run in _runs.Values) session.RunChanged(run);
        return true;
    }

    // Files that got their names for rows that were not stored; others may have the same content.
    private async Task RemoveFilesAsync()
    {
        var unnamed = await engine.Database.ReadAsync<IReadOnlyList<string>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            return [.. _files.Keys.Where(sha256 => !context.Artifacts.Any(a => a.Sha256 == sha256))];
        }, CancellationToken.None).ConfigureAwait(false);
        ArtifactFiles.Remove(engine.Folder, unnamed);
    }

    private bool RequireFree(SqliteConnection connection)
    {
        using var find = new Statement(connection, """SELECT 1 FROM "projects" WHERE "Name" = $1""", 1);
        return find.Scalar(project) is null ? true : throw new ProjectNameTakenException(project);
    }

    private async Task<SeriesState> OpenAsync(string runId, RecordKind kind, string tag)
    {
        var run = Run(runId);
        if (!_series.Add((runId, kind, tag))) throw new ArgumentException($"The run has a series '{tag}' of this kind already.", nameof(tag));
        var state = await engine.Writer.CommandAsync(session =>
        {
            using var add = new Statement(session.Connection,
                """
                INSERT INTO "series" ("RunKey", "Tag", "Kind", "Count", "FirstStep", "LastStep", "LastBits", "SealedSeq") VALUES ($1, $2, $3, 0, 0, 0, 0, 0) RETURNING "Key"
                """, 3);
            return new SeriesState((long)add.Scalar(run.Key, tag, (int)kind)!, run, kind, tag, SeriesTotals.Empty, 0);
        }).ConfigureAwait(false);
        _tags[run].Add((tag, kind));
        return state;
    }

    private Task<bool> WriteAsync(SealedSeries sealing) => engine.Writer.CommandAsync(session =>
    {
        session.Chunks.Write(sealing);
        return true;
    });

    private Task<bool> WriteAsync(SeriesState state, List<(SeriesTotals Totals, RecordBlock Record)> slice) => engine.Writer.CommandAsync(session =>
    {
        foreach (var (totals, record) in slice) session.Records.Upsert(state, totals, record);
        return true;
    });

    private RunState Run(string runId) => _runs.TryGetValue(runId, out var run) ? run : throw new ArgumentException($"No run {runId} was added.", nameof(runId));

    private static SealedChunk Chunk(long index, SeriesColumns points)
    {
        var steps = points.Steps.AsSpan(0, points.Count);
        var wallTimes = points.WallTimes.AsSpan(0, points.Count);
        var values = points.Values.AsSpan(0, points.Count);
        var entry = SeriesLevels.Summarize(steps, wallTimes, values);
        return new SealedChunk(
            index, entry, SeriesLevels.WriteEntries([entry]), SeriesLevels.FineEntries(steps, wallTimes, values, index), ChunkCodec.Encode(steps, wallTimes, values));
    }
}
