using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What the runs of a project can be searched, sorted and compared by.</summary>
internal sealed class RunFieldReads(RunCatalogue catalogue, TagCountCache counts, IRunIndex index, ApiLimits limits)
{
    // The last project's fields: a page asks for them again and again while a person types.
    private (string Project, long Version, IReadOnlyList<ConfigField> Fields)? _last;

    /// <summary>Fields whose name or tag holds <paramref name="find"/>, case ignored, those of most runs first.</summary>
    public async Task<RunFields> ReadAsync(string project, ProjectScope scope, string? find, int limit, CancellationToken cancellation)
    {
        var view = await catalogue.ReadAsync(project, cancellation);
        if (!scope.IsWhole)
            view = view with { Runs = Array.FindAll(view.Runs, run => scope.Shows(run.Info.Id)) };
        var config = scope.IsWhole ? await KnownConfigAsync(view, cancellation) : await ConfigAsync(view, cancellation);
        var metrics = view.Runs.Length == 0 ? [] : scope.IsWhole ? await counts.ReadAsync(project, view.Membership, cancellation) : await CountAsync(view, scope, cancellation);
        var foundConfig = config.Where(field => IsFound(field.Name) || IsFound(field.Path)).ToList();
        var foundMetrics = metrics.Where(metric => IsFound(metric.Tag)).ToList();
        return new RunFields(
            foundConfig.Take(limit).ToList(), foundConfig.Count,
            foundMetrics.Take(limit).Select(metric => new MetricField(metric.Tag, metric.Runs)).ToList(), foundMetrics.Count);

        bool IsFound(string name) => string.IsNullOrEmpty(find) || name.Contains(find, StringComparison.OrdinalIgnoreCase);
    }

    // Counts of the whole project would tell of runs that are not seen.
    private async Task<IReadOnlyList<(string Tag, int Runs)>> CountAsync(CatalogueView view, ProjectScope scope, CancellationToken cancellation)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var run in view.Runs.Where(run => RunStates.Of(run.Info) != RunState.Trash))
        {
            var tags = await index.ReadTagsAsync([run.Info.Id], [RecordKind.Scalar], cancellation);
            foreach (var tag in tags.GetValueOrDefault(RecordKind.Scalar, []).Where(tag => scope.Shows(run.Info.Id, tag)))
                found[tag] = found.GetValueOrDefault(tag) + 1;
        }
        return [.. found.Select(known => (Tag: known.Key, Runs: known.Value)).OrderByDescending(known => known.Runs).ThenBy(known => known.Tag, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<ConfigField>> KnownConfigAsync(CatalogueView view, CancellationToken cancellation)
    {
        if (_last is { } last && last.Project == view.Project && last.Version == view.Version)
            return last.Fields;
        var built = await ConfigAsync(view, cancellation);
        _last = (view.Project, view.Version, built);
        return built;
    }

    private async Task<IReadOnlyList<ConfigField>> ConfigAsync(CatalogueView view, CancellationToken cancellation)
    {
        var fields = new ConfigFieldBuilder();
        var runs = view.Runs.Where(run => RunStates.Of(run.Info) != RunState.Trash).ToList();
        foreach (var run in runs)
            fields.Add(run.Config ?? ConfigValues.Empty);
        var left = runs.Where(run => run.Config is null).Select(run => run.Info.Id).ToList();
        if (left.Count > 0)
        {
            var flattener = new ConfigFlattener(view.Paths, limits.MaxConfigValues, limits.MaxComparedText);
            await index.VisitAsync(left, run => fields.Add(flattener.Flatten(run.ConfigJson)), cancellation);
        }
        return fields.Build(view.Paths);
    }
}
