using Dashboard.Series;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Reads a project to its last detail, and opens the way in for one that comes from elsewhere.</summary>
internal sealed class ArchiveStore(StorageEngine engine, StorageHealth health) : IArchiveStore
{
    private const int MostPoints = 1 << 16;

    public Task<ProjectContents?> ListAsync(string project, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        if (context.Projects.FirstOrDefault(p => p.Name == project) is not { } found) return null;
        var runs = context.Runs.Where(r => r.ProjectKey == found.Key && !r.Removed);
        return new ProjectContents(
            found.Created,
            [.. runs.OrderBy(r => r.Key).Select(r => r.Id)],
            [
                .. context.Artifacts.Join(runs, a => a.RunKey, r => r.Key, (a, r) => new { r.Id, RunKey = r.Key, Row = a }).OrderBy(one => one.RunKey).ThenBy(one => one.Row.Key)
                    .AsEnumerable().Select(one => (one.Id, ArtifactStore.Info(one.Row))),
            ],
            [.. context.Views.Where(v => v.ProjectKey == found.Key).OrderBy(v => v.Key).Select(v => v.Id)],
            [
                .. context.Jobs.Where(j => j.ProjectKey == found.Key && j.Status != JobStatus.Queued && j.Status != JobStatus.Running)
                    .OrderBy(j => j.Key).Select(j => j.Id),
            ]);
    }, cancellation);

    public Task<(SeriesColumns Points, IReadOnlyList<DamagedRange> Damaged)?> ReadPointsAsync(
        string runId, string tag, long from, int count, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostPoints);
        // Memory before the database, as every reader does: what was acknowledged before is then in one of the two.
        var state = engine.Cache.TryGet(runId, out var live) && live.Series.TryGetValue((RecordKind.Scalar, tag), out var known) ? known : null;
        var captured = state?.Capture();
        return engine.Database.ReadAsync<(SeriesColumns, IReadOnlyList<DamagedRange>)?>(connection =>
        {
            if (SeriesStore.SeriesKey(connection, runId, tag) is not var (key, sealedCount)) return null;
            var tail = captured ?? new SeriesTail(sealedCount, [], [], [], 0);
            var points = new ColumnBuilder();
            using var source = new ChunkSource(connection, key, tail.Base);
            foreach (var chunk in source.Chunks(from, from + count))
            {
                cancellation.ThrowIfCancellationRequested();
                if (source.Points(chunk) is { } stored) points.Add(stored);
            }

            var first = (int)Math.Clamp(from - tail.Base, 0, tail.Count);
            var end = (int)Math.Clamp(from + count - tail.Base, 0, tail.Count);
            for (var row = first; row < end; row++) points.Add(new SeriesColumns(tail.Steps, tail.WallTimes, tail.Values, tail.Count), row);
            return (points.Columns, source.Damaged);
        }, cancellation);
    }

    public Task<ArchivedJob?> FindJobAsync(string id, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return context.Jobs.Include(j => j.Project).FirstOrDefault(j => j.Id == id) is { } row ? new ArchivedJob(JobStore.Info(row), row.Device, row.Content) : null;
    }, cancellation);

    public Task<IReadOnlyList<ArchivedMark>> ListMarksAsync(string runId, CancellationToken cancellation) => engine.Database.ReadAsync<IReadOnlyList<ArchivedMark>>(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return
        [
            .. context.Runs.Where(r => r.Id == runId && !r.Removed).Join(context.AlertMarks, r => r.Key, m => m.RunKey, (_, m) => m)
                .OrderBy(m => m.Channel).ThenBy(m => m.Code).ThenBy(m => m.Tag).Select(m => new ArchivedMark(m.Channel, m.Code, m.Tag)),
        ];
    }, cancellation);

    public async Task<IProjectIntake> BeginAsync(string project, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var intake = new ProjectIntake(engine, health, project);
        await intake.BeginAsync().ConfigureAwait(false);
        return intake;
    }

    public Stream CreateTemporary() => ArtifactFiles.CreateTemporary(engine.Folder);
}
