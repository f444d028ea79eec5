using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What the runs of a project can be searched, sorted and compared by.</summary>
internal sealed class RunFieldReads(RunCatalogue catalogue, TagCountCache counts, IRunIndex index, ApiLimits limits)
{
    // The last project's fields: a page asks for them again and again while a person types.
    private (string Project, long Version, IReadOnlyList<ConfigField> Fields)? _last;

    /// <summary>Fields whose name or tag holds <paramref name="find"/>, case ignored, those of most runs first.</summary>
    public async Task<RunFields> ReadAsync(string project, string? find, int limit, CancellationToken cancellation)
    {
        var view = await catalogue.ReadAsync(project, cancellation);
        var config = await ConfigAsync(view, cancellation);
        var metrics = view.Runs.Length == 0 ? [] : await counts.ReadAsync(project, view.Membership, cancellation);
        var foundConfig = config.Where(field => IsFound(field.Name) || IsFound(field.Path)).ToList();
        var foundMetrics = metrics.Where(metric => IsFound(metric.Tag)).ToList();
        return new RunFields(
            foundConfig.Take(limit).ToList(), foundConfig.Count,
            foundMetrics.Take(limit).Select(metric => new MetricField(metric.Tag, metric.Runs)).ToList(), foundMetrics.Count);

        bool IsFound(string name) => string.IsNullOrEmpty(find) || name.Contains(find, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<IReadOnlyList<ConfigField>> ConfigAsync(CatalogueView view, CancellationToken cancellation)
    {
        if (_last is { } last && last.Project == view.Project && last.Version == view.Version)
            return last.Fields;
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
        var built = fields.Build(view.Paths);
        _last = (view.Project, view.Version, built);
        return built;
    }
}
