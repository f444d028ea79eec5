using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads records, with the answers for what is not there.</summary>
internal sealed class RecordReads(ISeriesStore series, IRunStore runs, ApiLimits limits)
{
    // As many curves as a chart of them stays readable with.
    private const int DefaultPoints = 50;

    /// <summary>Records of one kind, or of one tag where it is given.</summary>
    /// <exception cref="ApiProblemException">404 for no such run, or no such tag where one is given.</exception>
    public async Task<IReadOnlyList<StoredRecord>> ListAsync(string runId, RecordKind kind, string? tag, CancellationToken cancellation)
    {
        var records = await series.ReadRecordsAsync(runId, kind, tag, null, cancellation) ?? throw ApiProblems.RunNotFound();
        return records.Count == 0 && tag is not null ? throw ApiProblems.SeriesNotFound() : records;
    }

    /// <summary>Evenly chosen records of one tag within a window of steps; null points or 0 for all.</summary>
    /// <exception cref="ApiProblemException">400 for a bad parameter, 404 for no such run or tag, 422 where the answer would be too large.</exception>
    public async Task<RecordWindow> WindowAsync(
        string runId, RecordKind kind, string tag, int? points, long? fromStep, long? toStep, CancellationToken cancellation)
    {
        if (points is < 0)
            throw ApiProblems.BadParameter("/query/points", "'points' must be 1 or more, or 0 for every stored step.");
        Check(fromStep, toStep, "/query/from_step");
        if (await series.ReadRecordWindowAsync(runId, kind, tag, points ?? 0, fromStep, toStep, limits.MaxReadRecordBytes, cancellation) is { } window)
            return window.Records is null ? throw ApiProblems.AnswerTooLarge(window.Bytes, limits.MaxReadRecordBytes) : window;
        throw await runs.FindAsync(runId, cancellation) is null ? ApiProblems.RunNotFound() : ApiProblems.SeriesNotFound();
    }

    /// <summary>The series of a query that exist, each as a window.</summary>
    /// <exception cref="ApiProblemException">400 or 422 for what the query says, 422 where the answer would be too large.</exception>
    public async Task<List<(string RunId, string Tag, RecordWindow Window)>> QueryAsync(RecordsQuery query, RunScope scope, RecordKind kind, CancellationToken cancellation)
    {
        if (query.RunIds is not { Count: > 0 } runIds)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "missing", "The field 'run_ids' is required: an array with one run id at least.")]);
        if (query.Tags is not { Count: > 0 } tags)
            throw ApiProblems.Refused([new ProblemError("/tags", "missing", "The field 'tags' is required: an array with one tag at least.")]);
        if ((long)runIds.Count * tags.Count > limits.MaxReadRecordSeries)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "too_many_series", $"A query may name {limits.MaxReadRecordSeries} series at the most, runs times tags.")]);
        var points = query.Points ?? DefaultPoints;
        if (points < 1 || points > limits.MaxReadRecordPoints)
            throw ApiProblems.BadParameter("/points", $"'points' must be from 1 to {limits.MaxReadRecordPoints}.");
        Check(query.FromStep, query.ToStep, "/from_step");
        long left = limits.MaxReadRecordBytes;
        var read = new List<(string, string, RecordWindow)>();
        foreach (var runId in runIds.Distinct())
        {
            foreach (var tag in tags.Distinct())
            {
                if (await series.ReadRecordWindowAsync(scope.Mask(runId, tag), kind, tag, points, query.FromStep, query.ToStep, left, cancellation) is not { } window)
                    continue;
                left -= window.Bytes;
                if (window.Records is null)
                    throw ApiProblems.AnswerTooLarge(limits.MaxReadRecordBytes - left, limits.MaxReadRecordBytes);
                read.Add((runId, tag, window));
            }
        }
        return read;
    }

    /// <summary>One record: of the step where it is given, else the one logged last.</summary>
    /// <exception cref="ApiProblemException">404 for no such run, tag or step; 500 where its bytes are damaged.</exception>
    public async Task<(StoredRecord Record, byte[] Payload)> FindAsync(string runId, RecordKind kind, string tag, long? step, CancellationToken cancellation)
    {
        if (step is null)
        {
            // The listing knows the last step, so that one record is read and not all of them.
            var all = await series.ListAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
            step = all.FirstOrDefault(one => one.Kind == kind && one.Tag == tag)?.LastStep ?? throw ApiProblems.SeriesNotFound();
        }
        var records = await series.ReadRecordsAsync(runId, kind, tag, step, cancellation) ?? throw ApiProblems.RunNotFound();
        if (records.Count == 0)
            throw ApiProblems.StepNotFound();
        // A restarted job logs a step again; what it logged last counts.
        var record = records[^1];
        return (record, record.Payload ?? throw ApiProblems.Damaged());
    }

    /// <summary>Steps whose payload is lost, or null where there are none.</summary>
    public static IReadOnlyList<long>? DamagedSteps(IReadOnlyList<StoredRecord> records)
    {
        var steps = records.Where(record => record.Payload is null).Select(record => record.Step).ToList();
        return steps.Count == 0 ? null : steps;
    }

    private static void Check(long? fromStep, long? toStep, string pointer)
    {
        if (fromStep > toStep)
            throw ApiProblems.BadParameter(pointer, $"from_step ({fromStep}) is beyond to_step ({toStep}).");
    }
}
