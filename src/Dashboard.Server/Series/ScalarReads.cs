using System.Runtime.CompilerServices;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads of scalar series under the limits of an answer.</summary>
internal sealed class ScalarReads(ISeriesStore series, IRunStore runs, ApiLimits limits)
{
    /// <summary>One series.</summary>
    /// <exception cref="ApiProblemException">400 for a bad parameter, 404 for no such run or series, 422 where the answer would be too large.</exception>
    public async Task<ScalarSeries> ReadAsync(string runId, string tag, int? points, long? fromStep, long? toStep, CancellationToken cancellation)
    {
        var count = Points(points, "/query/points");
        Check(fromStep, toStep, "/query/from_step");
        await CheckTotalAsync(runId, tag, count, fromStep, toStep, 0, cancellation);
        if (await series.ReadScalarsAsync(runId, tag, count, fromStep, toStep, cancellation) is { } window)
            return new ScalarSeries(runId, window);
        throw await runs.FindAsync(runId, cancellation) is null ? ApiProblems.RunNotFound() : ApiProblems.SeriesNotFound();
    }

    /// <summary>The (run, tag) pairs of a query that may exist: every scalar series of the runs where it names no tags.</summary>
    /// <exception cref="ApiProblemException">422 for what the query says.</exception>
    public async Task<IReadOnlyList<(string RunId, string Tag)>> ResolveAsync(ScalarsQuery query, RunScope scope, CancellationToken cancellation)
    {
        if (query.RunIds is not { Count: > 0 } runIds)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "missing", "The field 'run_ids' is required: an array with one run id at least.")]);
        Points(query.Points, "/points");
        Check(query.FromStep, query.ToStep, "/from_step");
        var pairs = new List<(string, string)>();
        foreach (var runId in runIds.Distinct())
        {
            var tags = query.Tags
                ?? (await series.ListAsync(scope.Mask(runId), cancellation))?.Where(one => one.Kind == RecordKind.Scalar && scope.TagsOf(runId)?.Contains(one.Tag) != false).Select(one => one.Tag).ToList()
                ?? [];
            foreach (var tag in tags.Distinct())
            {
                pairs.Add((scope.Mask(runId, tag), tag));
                if (pairs.Count > limits.MaxReadSeries)
                    throw ApiProblems.Refused([new ProblemError("/run_ids", "too_many_series", $"A query may name {limits.MaxReadSeries} series at the most, runs times tags.")]);
            }
        }
        return pairs;
    }

    /// <summary>Reads the series of a query that exist, one after the other.</summary>
    public async IAsyncEnumerable<ScalarSeries> ReadAsync(
        ScalarsQuery query, IReadOnlyList<(string RunId, string Tag)> pairs, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var count = Points(query.Points, "/points");
        long held = 0;
        foreach (var (runId, tag) in pairs)
        {
            await CheckTotalAsync(runId, tag, count, query.FromStep, query.ToStep, held, cancellation);
            if (await series.ReadScalarsAsync(runId, tag, count, query.FromStep, query.ToStep, cancellation) is not { } window)
                continue;
            held += window.Steps.Length;
            yield return new ScalarSeries(runId, window);
        }
    }

    // All stored points are counted before they are read: an answer is never begun that memory could not hold.
    private async Task CheckTotalAsync(string runId, string tag, int count, long? fromStep, long? toStep, long held, CancellationToken cancellation)
    {
        if (count != 0)
            return;
        var total = (await series.ReadScalarsAsync(runId, tag, 1, fromStep, toStep, cancellation))?.Total ?? 0;
        if (held + total > limits.MaxReadPoints)
            throw ApiProblems.TooManyPoints(held + total, limits.MaxReadPoints);
    }

    private int Points(int? points, string pointer)
    {
        var count = points ?? limits.DefaultReadPoints;
        return count >= 0 && count <= limits.MaxReadPoints
            ? count
            : throw ApiProblems.BadParameter(pointer, $"'points' must be from 0 (every stored point) to {limits.MaxReadPoints}.");
    }

    private static void Check(long? fromStep, long? toStep, string pointer)
    {
        if (fromStep > toStep)
            throw ApiProblems.BadParameter(pointer, $"from_step ({fromStep}) is beyond to_step ({toStep}).");
    }
}
