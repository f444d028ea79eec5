using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Measures of predictions over steps, of many runs and tags; each set of predictions is measured once.</summary>
internal sealed class EvaluationSeries(ISeriesStore series, EvaluationCache cache, EvaluationTurn turn, ApiLimits limits)
{
    // As many steps as a curve of them needs to be read.
    private const int DefaultPoints = 50;

    /// <summary>The series of a query that exist.</summary>
    /// <exception cref="ApiProblemException">400 or 422 for what the query says.</exception>
    public async Task<List<EvaluationSeriesView>> ReadAsync(RecordsQuery query, RunScope scope, CancellationToken cancellation)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (query.RunIds is not { Count: > 0 })
            errors.Add("/run_ids", "missing", "The field 'run_ids' is required: an array with one run id at least.");
        if (query.Tags is not { Count: > 0 })
            errors.Add("/tags", "missing", "The field 'tags' is required: an array with one tag at least.");
        if ((long)(query.RunIds?.Count ?? 0) * (query.Tags?.Count ?? 0) > limits.MaxReadRecordSeries)
            errors.Add("/run_ids", "too_many_series", $"A query may name {limits.MaxReadRecordSeries} series at the most, runs times tags.");
        errors.ThrowIfAny();
        var points = query.Points ?? DefaultPoints;
        if (points < 1 || points > limits.MaxReadRecordPoints)
            throw ApiProblems.BadParameter("/points", $"'points' must be from 1 to {limits.MaxReadRecordPoints}.");
        if (query.FromStep > query.ToStep)
            throw ApiProblems.BadParameter("/from_step", $"from_step ({query.FromStep}) is beyond to_step ({query.ToStep}).");
        var read = new List<EvaluationSeriesView>();
        foreach (var runId in query.RunIds!.Where(id => id is not null).Distinct())
        {
            foreach (var tag in query.Tags!.Where(tag => tag is not null).Distinct())
            {
                if (await ReadAsync(scope.Mask(runId, tag), tag, points, query, cancellation) is { } found)
                    read.Add(found);
            }
        }
        return read;
    }

    private async Task<EvaluationSeriesView?> ReadAsync(string runId, string tag, int points, RecordsQuery query, CancellationToken cancellation)
    {
        if (await series.ListRecordsAsync(runId, RecordKind.Predictions, tag, cancellation) is not { Count: > 0 } all)
            return null;
        var within = all.Where(head => head.Step >= (query.FromStep ?? long.MinValue) && head.Step <= (query.ToStep ?? long.MaxValue)).ToList();
        var found = new List<(RecordHead Head, StepMeasures Measures)>();
        var damaged = new List<long>();
        foreach (var head in Choose(within, points))
        {
            if (await MeasureAsync(runId, tag, head, cancellation) is { } measures)
                found.Add((head, measures));
            else
                damaged.Add(head.Step);
        }
        var task = found.Count == 0 ? StepMeasures.Classification : found[^1].Measures.Task;
        // A tag that changed what it means half-way: what it means now counts.
        found.RemoveAll(one => one.Measures.Task != task);
        return new EvaluationSeriesView
        {
            RunId = runId,
            Tag = tag,
            Task = task,
            Total = within.Count,
            Steps = found.ConvertAll(one => one.Head.Step),
            WallTimes = found.ConvertAll(one => one.Head.WallTime),
            Measures = StepMeasures.Names(task).Select((name, at) => (name, at)).ToDictionary(one => one.name, one => found.Select(step => step.Measures.Values[one.at]).ToArray()),
            DamagedSteps = damaged.Count == 0 ? null : damaged,
        };
    }

    private static IEnumerable<RecordHead> Choose(List<RecordHead> all, int points)
    {
        if (all.Count <= points)
            return all;
        // One alone is the newest: what a reader wants who asks for a single one.
        return points == 1 ? [all[^1]] : Enumerable.Range(0, points).Select(at => all[(int)((long)at * (all.Count - 1) / (points - 1))]);
    }

    private async Task<StepMeasures?> MeasureAsync(string runId, string tag, RecordHead head, CancellationToken cancellation)
    {
        var key = new EvaluationCache.Key(runId, tag, head.Index, head.Crc);
        if (cache.Find(key) is { } known)
            return known;
        return await turn.RunAsync(async () =>
        {
            // Someone else may have measured it while this request waited.
            if (cache.Find(key) is { } meanwhile)
                return meanwhile;
            if (await series.ReadRecordAsync(runId, RecordKind.Predictions, tag, head.Index, cancellation) is not { Payload: { } payload })
                return null;
            var measures = StepMeasures.Of(PredictionsCodec.Decode(payload), cancellation);
            cache.Add(key, measures);
            return measures;
        }, cancellation);
    }
}
