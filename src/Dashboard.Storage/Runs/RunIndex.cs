using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Reads over many runs: one statement each, overlaid by the caller with what memory knows better.</summary>
internal sealed class RunIndex(StorageEngine engine) : IRunIndex
{
    // Ids of one statement: far below SQLite's limit on parameters, enough that their number hardly shows.
    private const int IdsAtOnce = 500;

    private static readonly Dictionary<string, ScalarSummary> NoSummary = [];

    public Task VisitAsync(string project, Action<RunInfo> visit, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        Visit(context.Runs.Where(r => r.Project!.Name == project && !r.Removed), visit, cancellation);
        return true;
    }, cancellation);

    public Task VisitAsync(IReadOnlyCollection<string> runIds, Action<RunInfo> visit, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        foreach (var ids in runIds.Chunk(IdsAtOnce)) Visit(context.Runs.Where(r => ids.Contains(r.Id) && !r.Removed), visit, cancellation);
        return true;
    }, cancellation);

    public Task<IReadOnlyList<RunInfo>> FindAsync(IReadOnlyList<string> runIds, int summaryTags, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<RunInfo>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var summaries = new SummaryReader(connection, engine.Cache);
            var found = new Dictionary<string, RunInfo>(StringComparer.Ordinal);
            foreach (var ids in runIds.Chunk(IdsAtOnce))
            {
                foreach (var run in context.Runs.Include(r => r.Project).Where(r => ids.Contains(r.Id) && !r.Removed).ToList())
                {
                    var (summary, truncated) = summaries.Read(run, summaryTags);
                    found[run.Id] = RunStore.Info(run, engine.Cache, summary, truncated);
                }
            }

            return [.. runIds.Select(id => found.GetValueOrDefault(id)).OfType<RunInfo>()];
        }, cancellation);

    public Task<IReadOnlyDictionary<string, RunSize>> ReadSizesAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation) =>
        RunSizes.ReadAsync(engine.Database, runIds, cancellation);

    public double Touched(string runId) => engine.Cache.TryGet(runId, out var run) ? run.Touched : 0;

    public Task<IReadOnlyDictionary<string, ScalarSummary>> ReadSummariesAsync(string project, string tag, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyDictionary<string, ScalarSummary>>(connection =>
        {
            var summaries = new Dictionary<string, ScalarSummary>(StringComparer.Ordinal);
            using var select = new Statement(connection,
                """
                SELECT r."Id", s."Count", s."LastStep", s."LastBits", s."MinBefore", s."MaxBefore" FROM "projects" p
                CROSS JOIN "runs" r ON r."ProjectKey" = p."Key" CROSS JOIN "series" s ON s."RunKey" = r."Key" AND s."Kind" = 0 AND s."Tag" = $2
                WHERE p."Name" = $1 AND r."Removed" = 0 AND s."Count" > 0
                """, 2);
            using var rows = select.Read(project, tag);
            while (rows.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                summaries[rows.GetString(0)] = Summary(new SeriesTotals
                {
                    Count = rows.GetInt64(1),
                    LastStep = rows.GetInt64(2),
                    LastValue = BitConverter.Int64BitsToDouble(rows.GetInt64(3)),
                    MinBefore = rows.IsDBNull(4) ? double.NaN : rows.GetDouble(4),
                    MaxBefore = rows.IsDBNull(5) ? double.NaN : rows.GetDouble(5),
                });
            }

            return summaries;
        }, cancellation);

    public bool TryGetLive(string runId, string tag, out ScalarSummary summary)
    {
        summary = default;
        if (!engine.Cache.TryGet(runId, out var run) || !run.Series.TryGetValue((RecordKind.Scalar, tag), out var series)) return false;
        var totals = series.Totals;
        // A series that is being made and has nothing committed yet is not there.
        if (totals.Count == 0) return false;
        summary = Summary(totals);
        return true;
    }

    public Task<IReadOnlyDictionary<RecordKind, IReadOnlyList<string>>> ReadTagsAsync(
        IReadOnlyCollection<string> runIds, IReadOnlyCollection<RecordKind> kinds, CancellationToken cancellation) =>
        engine.Database.ReadAsync(connection => TagUnion.Read(connection, runIds, kinds, cancellation), cancellation);

    public Task<TagCounts> CountTagsAsync(string project, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var last = new Statement(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'inbox'", 0);
        var seq = last.Scalar() is long number ? number : 0;
        var runs = new Dictionary<string, int>(StringComparer.Ordinal);
        using var select = new Statement(connection,
            """
            SELECT s."Tag", COUNT(*) FROM "projects" p
            CROSS JOIN "runs" r ON r."ProjectKey" = p."Key" CROSS JOIN "series" s ON s."RunKey" = r."Key" AND s."Kind" = 0
            WHERE p."Name" = $1 AND r."Removed" = 0 AND r."Trashed" IS NULL GROUP BY s."Tag"
            """, 1);
        using var rows = select.Read(project);
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            runs[rows.GetString(0)] = rows.GetInt32(1);
        }

        return new TagCounts(seq, runs);
    }, cancellation);

    public Task<IReadOnlyList<string>> ListProjectNamesAsync(CancellationToken cancellation) => engine.Database.ReadAsync<IReadOnlyList<string>>(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return [.. context.Projects.Select(p => p.Name)];
    }, cancellation);

    private void Visit(IQueryable<RunEntity> runs, Action<RunInfo> visit, CancellationToken cancellation)
    {
        foreach (var run in runs.Include(r => r.Project).AsEnumerable())
        {
            cancellation.ThrowIfCancellationRequested();
            visit(RunStore.Info(run, engine.Cache, NoSummary, truncated: false));
        }
    }

    private static ScalarSummary Summary(SeriesTotals totals) => new(totals.LastValue, totals.Min, totals.Max, totals.LastStep);
}
