using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Finds which settings a metric hangs on, over the runs that a query finds.</summary>
internal sealed class ImportanceStudy(RunSearch search, RunFieldReads fields, ApiLimits limits) : IDisposable
{
    // With fewer, the trees of a forest see almost the same runs, and chance looks like a cause.
    private const int FewestRuns = 10;

    // A forest takes seconds of processor time: one at a time, or a few open pages would starve the training jobs.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The study a body asks for.</summary>
    /// <exception cref="ApiProblemException">422 for what the body says.</exception>
    public async Task<ImportanceAnswer> RunAsync(Caller caller, ImportanceQuery body, long seq, CancellationToken cancellation)
    {
        var (query, metric) = Check(body);
        // Of a project that is not seen there are no runs, as of one that does not exist.
        var scope = ProjectScope.Of(caller, body.Project!);
        // Settings of most runs come first, so a cut takes the rarest.
        var known = Settings((await fields.ReadAsync(body.Project!, scope, null, int.MaxValue, cancellation)).Config);
        var candidates = known.Take(limits.MaxImportanceFields * 4).ToList();
        var selection = await SelectAsync(body, scope, query, metric, candidates, cancellation);
        var wanted = body.RunIds?.ToHashSet();
        var matched = Array.FindAll(selection.Matched, row => wanted is null || wanted.Contains(selection.Rows.Runs[row].Info.Id));
        var value = selection.Rows.Bind(metric);
        var rows = Array.FindAll(matched, row => value(row) is { Kind: QueryValueKind.Number, Number: var number } && double.IsFinite(number));
        var target = Array.ConvertAll(rows, row => value(row).Number);
        var leftOut = matched.Length - rows.Length;
        if (rows.Length < FewestRuns)
            return None($"{rows.Length} of the matching runs have a finite metric, and {FewestRuns} are the fewest that say anything.", "too_few_runs");
        if (Array.TrueForAll(target, one => one == target[0]))
            return None("The metric is the same in every run: there is nothing to explain.", "constant_metric");
        var varying = candidates.Select(field => Column(selection, field, rows)).Where(column => column.Varies).ToList();
        if (varying.Count == 0)
            return None("No setting differs between the matching runs.", "no_fields");
        var kept = varying.Take(limits.MaxImportanceFields).ToList();
        var result = await FitAsync(kept, target, body.Seed ?? 0, cancellation);
        var found = kept.Zip(result.Importance, (column, importance) =>
            new FieldImportance(column.Path, column.Name, importance, column.Correlation(target), column.Runs, column.Distinct));
        return new ImportanceAnswer(
            seq, rows.Length, leftOut, result.OutOfBagRSquared, [.. found.OrderByDescending(field => field.Importance).ThenBy(field => field.Path, StringComparer.Ordinal)],
            varying.Count - kept.Count + (known.Count - candidates.Count), null, null);

        ImportanceAnswer None(string why, string code) => new(seq, rows.Length, leftOut, null, [], 0, why, code);
    }

    public void Dispose() => _turn.Dispose();

    // What the clients note of the machine (a process's number, its command) is no setting, unless it is all there is.
    private static IReadOnlyList<ConfigField> Settings(IReadOnlyList<ConfigField> known)
    {
        var settings = known.Where(field => !field.Path.StartsWith("config.environment.", StringComparison.Ordinal)).ToList();
        return settings.Count > 0 ? settings : known;
    }

    private (QueryNode? Query, ValuePath Metric) Check(ImportanceQuery body)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (string.IsNullOrEmpty(body.Project))
            errors.Add("/project", "missing", "The field 'project' is required: the name of a project.");
        if (body.RunIds?.Count > limits.MaxTableRuns)
            errors.Add("/run_ids", "too_many", $"At most {limits.MaxTableRuns} runs may be named; leave 'run_ids' out for all.");
        ValuePath? metric = null;
        if (string.IsNullOrEmpty(body.Metric))
        {
            errors.Add("/metric", "missing", "The field 'metric' is required: a number of a run, such as summary(\"val/loss\").min.");
        }
        else
        {
            try
            {
                metric = ValuePathParser.Parse(body.Metric);
            }
            catch (QueryException wrong)
            {
                errors.Add(RunQueries.Error(wrong, "/metric"));
            }
        }
        errors.ThrowIfAny();
        return (RunQueries.Parse(body.Query, limits, "/query"), metric!);
    }

    private async Task<RunSelection> SelectAsync(ImportanceQuery body, ProjectScope scope, QueryNode? query, ValuePath metric, List<ConfigField> candidates, CancellationToken cancellation)
    {
        try
        {
            return await search.SelectAsync(
                body.Project!, scope, RunState.Live, query, [], candidates.Select(field => ValuePathParser.Parse(field.Path)).Prepend(metric), cancellation);
        }
        catch (QueryException wrong)
        {
            throw RunQueries.Problem(wrong, "/query");
        }
    }

    private static SettingColumn Column(RunSelection selection, ConfigField field, int[] rows)
    {
        var value = selection.Rows.Bind(ValuePathParser.Parse(field.Path));
        return new SettingColumn(field.Path, field.Name, Array.ConvertAll(rows, row => value(row)));
    }

    private async Task<ForestResult> FitAsync(List<SettingColumn> columns, double[] target, long seed, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var features = columns.ConvertAll(column => column.ToFeature());
            return await Task.Run(() => RandomForest.Fit(features, target, new ForestOptions { Seed = unchecked((ulong)seed) }, cancellation), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }
}
