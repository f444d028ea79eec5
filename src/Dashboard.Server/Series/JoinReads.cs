using System.Runtime.CompilerServices;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads two scalar series of each run and pairs them by step, under the limits of an answer.</summary>
internal sealed class JoinReads(ISeriesStore series, ApiLimits limits)
{
    /// <summary>What a join asks for, checked.</summary>
    public sealed record Plan(JoinQuery Query, string X, string Y, int Points, IReadOnlyList<string> RunIds);

    /// <summary>Checks the query and finds the runs that have both tags.</summary>
    /// <exception cref="ApiProblemException">400 and 422 for what the query says, 422 where it would read too many points.</exception>
    public async Task<Plan> PlanAsync(JoinQuery query, RunScope scope, CancellationToken cancellation)
    {
        var faults = new List<ProblemError>();
        if (query.RunIds is not { Count: > 0 })
            faults.Add(new ProblemError("/run_ids", "missing", "The field 'run_ids' is required: an array with one run id at least."));
        if (query.X is null)
            faults.Add(new ProblemError("/x", "missing", "The field 'x' is required: the tag of a scalar series."));
        if (query.Y is null)
            faults.Add(new ProblemError("/y", "missing", "The field 'y' is required: the tag of a scalar series."));
        if (faults.Count > 0)
            throw ApiProblems.Refused(faults);
        var points = query.Points ?? limits.DefaultReadPoints;
        if (points < 1 || points > limits.MaxJoinPairs)
            throw ApiProblems.BadParameter("/points", $"'points' must be from 1 to {limits.MaxJoinPairs}.");
        if (query.FromStep > query.ToStep)
            throw ApiProblems.BadParameter("/from_step", $"from_step ({query.FromStep}) is beyond to_step ({query.ToStep}).");
        var runIds = query.RunIds!.Distinct().ToList();
        if (runIds.Count * 2L > limits.MaxReadSeries)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "too_many_series", $"A join reads two series a run, and {limits.MaxReadSeries} series is the most.")]);
        return new Plan(query, query.X!, query.Y!, points, await WithBothAsync(runIds.ConvertAll(id => scope.Mask(scope.Mask(id, query.X!), query.Y!)), query, cancellation));
    }

    /// <summary>Joins run after run.</summary>
    public async IAsyncEnumerable<JoinedSeriesView> ReadAsync(Plan plan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var runId in plan.RunIds)
        {
            var x = await series.ReadScalarsAsync(runId, plan.X, 0, plan.Query.FromStep, plan.Query.ToStep, cancellation);
            var y = plan.X == plan.Y ? x : await series.ReadScalarsAsync(runId, plan.Y, 0, plan.Query.FromStep, plan.Query.ToStep, cancellation);
            if (x is not null && y is not null)
                yield return Join(runId, plan, x, y);
        }
    }

    private static JoinedSeriesView Join(string runId, Plan plan, ScalarWindow x, ScalarWindow y)
    {
        var (left, right) = StepPairs.Of(x.Steps, y.Steps);
        LineFit? line = null;
        if (plan.Query.Fit ?? true)
            line = LeastSquares.Fit(Fitted(left, x.Values, plan.Query.LogX), Fitted(right, y.Values, plan.Query.LogY));
        var damaged = x.Damaged.Concat(ReferenceEquals(x, y) ? [] : y.Damaged).Select(range => new DamagedView(range.FirstStep, range.LastStep, range.Count)).ToList();
        var shown = Spread(left.Length, plan.Points);
        return new JoinedSeriesView
        {
            RunId = runId,
            Total = left.Length,
            XTotal = x.Total,
            YTotal = y.Total,
            Steps = Array.ConvertAll(shown, at => x.Steps[left[at]]),
            WallTimes = Array.ConvertAll(shown, at => x.WallTimes[left[at]]),
            X = Array.ConvertAll(shown, at => x.Values[left[at]]),
            Y = Array.ConvertAll(shown, at => y.Values[right[at]]),
            Fit = line is { } fit ? View(fit) : null,
            Damaged = damaged.Count > 0 ? damaged : null,
        };
    }

    // The logarithm of what is not positive is not finite, and such pairs are left out of a fit.
    private static double[] Fitted(int[] chosen, double[] values, bool? isLog) =>
        Array.ConvertAll(chosen, at => isLog == true ? Math.Log10(values[at]) : values[at]);

    private static LineFitView View(LineFit fit) =>
        new(fit.Slope, double.IsNaN(fit.SlopeError) ? null : fit.SlopeError, fit.Intercept, double.IsNaN(fit.RSquared) ? null : fit.RSquared, fit.Count);

    // Evenly over all, the first and the last among them.
    private static int[] Spread(int total, int points)
    {
        var shown = new int[Math.Min(total, points)];
        for (var at = 0; at < shown.Length; at++)
            shown[at] = shown.Length == total ? at : (int)((at + 1L) * total / shown.Length) - 1;
        if (shown.Length > 1)
            shown[0] = 0;
        return shown;
    }

    // Counted before the first is read: an answer is not begun that would have to be broken off.
    private async Task<List<string>> WithBothAsync(List<string> runIds, JoinQuery query, CancellationToken cancellation)
    {
        var found = new List<string>();
        long all = 0;
        foreach (var runId in runIds)
        {
            var x = await series.ReadScalarsAsync(runId, query.X!, 1, query.FromStep, query.ToStep, cancellation);
            var y = query.X == query.Y ? x : x is null ? null : await series.ReadScalarsAsync(runId, query.Y!, 1, query.FromStep, query.ToStep, cancellation);
            if (x is null || y is null)
                continue;
            var total = x.Total + y.Total;
            // One run's points are in memory at a time, so that is the tighter of the two.
            if (total > limits.MaxReadPoints)
                throw ApiProblems.TooManyPoints(total, limits.MaxReadPoints);
            all += total;
            if (all > limits.MaxJoinReadPoints)
                throw ApiProblems.TooManyJoinedPoints(limits.MaxJoinReadPoints);
            found.Add(runId);
        }
        return found;
    }
}
