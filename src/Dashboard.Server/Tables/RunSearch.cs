using System.Text.RegularExpressions;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Finds and sorts runs.</summary>
internal sealed class RunSearch(RunCatalogue catalogue, IRunIndex index, SummaryCache summaries, ApiLimits limits, TimeProvider clock)
{
    // Rows between two looks at the clock.
    private const int CheckEvery = 64;

    private static readonly ValuePath Created = new(RunField.Created);

    /// <summary>Runs of a project.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="scope">What of it is seen; the rest is as if it did not exist.</param>
    /// <param name="states">Where the runs are kept.</param>
    /// <param name="query">The condition, or null for all.</param>
    /// <param name="sort">Sort keys, the first the strongest; ties are broken by age, newest first, then by id.</param>
    /// <param name="columns">Other values that will be asked of the rows.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="QueryException">It took too long, or names too many metrics.</exception>
    public async Task<RunSelection> SelectAsync(
        string project, ProjectScope scope, RunState states, QueryNode? query, IReadOnlyList<RunSort> sort, IEnumerable<ValuePath> columns, CancellationToken cancellation)
    {
        var view = await catalogue.ReadAsync(project, cancellation);
        var runs = Array.FindAll(view.Runs, run => (RunStates.Of(run.Info) & states) != 0 && scope.Shows(run.Info.Id));
        var paths = QueryCompiler.PathsOf(query).Concat(sort.Select(key => key.By)).Concat(columns).Distinct().ToList();
        if (paths.Where(path => path.Field == RunField.Summary).Select(path => path.Key).Distinct().Count() > limits.MaxQuerySummaryTags)
            throw QueryException.TooComplex($"Query, sort and columns may name {limits.MaxQuerySummaryTags} metrics together at the most.", default);
        using var time = new CancellationTokenSource(TimeSpan.FromMilliseconds(limits.MaxQueryMilliseconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        try
        {
            var rows = await RunRows.GatherAsync(index, summaries, limits, view, scope, runs, paths, either.Token);
            var matched = Filter(rows, query, either.Token);
            Sort(rows, matched, sort);
            return new RunSelection(rows, matched);
        }
        catch (Exception late) when (late is RegexMatchTimeoutException || (late is OperationCanceledException && time.IsCancellationRequested && !cancellation.IsCancellationRequested))
        {
            throw new QueryException("query_timeout", $"The query took longer than {limits.MaxQueryMilliseconds} ms; ask for less, or with simpler regular expressions.", default);
        }
    }

    private int[] Filter(RunRows rows, QueryNode? query, CancellationToken cancellation)
    {
        if (query is null)
            return [.. Enumerable.Range(0, rows.Runs.Length)];
        var now = clock.Seconds();
        var holds = new QueryCompiler(rows, now).Compile(query);
        var matched = new List<int>();
        for (var row = 0; row < rows.Runs.Length; row++)
        {
            if (row % CheckEvery == 0)
                cancellation.ThrowIfCancellationRequested();
            if (holds(row))
                matched.Add(row);
        }
        return [.. matched];
    }

    private static void Sort(RunRows rows, int[] matched, IReadOnlyList<RunSort> sort)
    {
        var keys = sort.Select(key => (Values: Values(rows, matched, key.By), key.IsDescending)).ToArray();
        var created = Values(rows, matched, Created);
        // Places in "matched" are sorted; the keys stay where they are.
        var places = Enumerable.Range(0, matched.Length).ToArray();
        var before = (int[])matched.Clone();
        Array.Sort(places, Compare);
        for (var place = 0; place < places.Length; place++)
            matched[place] = before[places[place]];

        int Compare(int left, int right)
        {
            foreach (var (values, isDescending) in keys)
            {
                ref var first = ref values[left];
                ref var second = ref values[right];
                var (isFirstLast, isSecondLast) = (ValueComparison.SortsLast(first), ValueComparison.SortsLast(second));
                var order = isFirstLast || isSecondLast ? isFirstLast.CompareTo(isSecondLast) : isDescending ? ValueComparison.Compare(second, first) : ValueComparison.Compare(first, second);
                if (order != 0)
                    return order;
            }
            var age = created[right].Number.CompareTo(created[left].Number);
            return age != 0 ? age : rows.Runs[before[right]].Info.Order.CompareTo(rows.Runs[before[left]].Info.Order);
        }
    }

    private static QueryValue[] Values(RunRows rows, int[] matched, ValuePath path)
    {
        var value = rows.Bind(path);
        return Array.ConvertAll(matched, row => value(row));
    }
}
