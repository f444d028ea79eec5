using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>The rows of one request and their values.</summary>
internal sealed class RunRows : IValueSource
{
    private readonly IRunIndex _index;
    private readonly CatalogueView _view;
    private readonly Dictionary<string, SummaryColumn> _summaries;
    private readonly Dictionary<string, ConfigValues> _configs;

    private RunRows(IRunIndex index, CatalogueView view, CatalogueRun[] runs, Dictionary<string, SummaryColumn> summaries, Dictionary<string, ConfigValues> configs)
    {
        _index = index;
        _view = view;
        _summaries = summaries;
        _configs = configs;
        Runs = runs;
    }

    /// <summary>The runs by row number.</summary>
    public CatalogueRun[] Runs { get; }

    /// <summary>Gathers what the values need that the catalogue does not hold: summaries, and configurations that memory had no room for.</summary>
    public static async Task<RunRows> GatherAsync(
        IRunIndex index, SummaryCache cache, ApiLimits limits, CatalogueView view, ProjectScope scope, CatalogueRun[] runs, IReadOnlyCollection<ValuePath> paths, CancellationToken cancellation)
    {
        var summaries = new Dictionary<string, SummaryColumn>(StringComparer.Ordinal);
        foreach (var tag in paths.Where(path => path.Field == RunField.Summary).Select(path => path.Key).Distinct())
            summaries[tag] = new SummaryColumn(index, tag, await cache.ReadAsync(view.Project, tag, cancellation), runs, scope);
        var configs = new Dictionary<string, ConfigValues>(StringComparer.Ordinal);
        var wanted = paths.Where(path => path.Field == RunField.Config).Select(path => path.Key).ToHashSet();
        var left = wanted.Count == 0 ? [] : runs.Where(run => run.Config is null).Select(run => run.Info.Id).ToList();
        if (left.Count > 0)
        {
            var flattener = new ConfigFlattener(view.Paths, limits.MaxConfigValues, limits.MaxComparedText);
            await index.VisitAsync(left, run => configs[run.Id] = flattener.Flatten(run.ConfigJson, IsWanted), cancellation);
        }
        return new RunRows(index, view, runs, summaries, configs);

        bool IsWanted(string path) => wanted.Contains(path) || wanted.Any(above => ConfigPaths.IsBelow(path, above));
    }

    public Func<int, QueryValue> Bind(ValuePath path)
    {
        switch (path.Field)
        {
            case RunField.Config:
                var number = _view.Paths.Find(path.Key);
                return number < 0 ? _ => default : row => Config(row)[number];
            case RunField.Summary:
                var column = _summaries[path.Key];
                return row => column.Value(row, path.Statistic);
            case RunField.Updated:
                return row => QueryValue.Of(Updated(row));
            case RunField.Duration:
                return row => QueryValue.Of(Updated(row) - Runs[row].Info.Created);
            default:
                var read = Field(path.Field);
                return row => read(Runs[row].Info);
        }
    }

    public Func<int, bool> BindHas(ValuePath path)
    {
        var value = Bind(path);
        if (path.Field == RunField.Tags)
            return row => value(row).List.Count > 0;
        if (path.Field != RunField.Config || _view.Paths.Below(path.Key) is not { Count: > 0 } below)
            return row => value(row) is { Kind: not QueryValueKind.Absent } held && held.Text != "";
        return row => value(row).Kind != QueryValueKind.Absent || HasAny(Config(row), below);
    }

    /// <summary>Last change or last event of a row's run, seconds since the Unix epoch.</summary>
    public double Updated(int row)
    {
        var run = Runs[row].Info;
        return Math.Max(run.Updated, _index.Touched(run.Id));
    }

    private ConfigValues Config(int row)
    {
        var run = Runs[row];
        return run.Config ?? _configs.GetValueOrDefault(run.Info.Id, ConfigValues.Empty);
    }

    private static Func<RunInfo, QueryValue> Field(RunField field) => field switch
    {
        RunField.Id => run => QueryValue.Of(run.Id),
        RunField.Name => run => QueryValue.Of(run.Name),
        RunField.Group => run => QueryValue.Of(run.Group),
        RunField.Parent => run => QueryValue.Of(run.Parent),
        RunField.Status => run => QueryValue.Of(RunViews.Name(run.Status)),
        RunField.Tags => run => QueryValue.Of(run.Tags),
        RunField.Notes => run => QueryValue.Of(run.Notes),
        RunField.Created => run => QueryValue.Of(run.Created),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    private static bool HasAny(ConfigValues config, HashSet<int> paths)
    {
        foreach (var path in config.Paths)
        {
            if (paths.Contains(path))
                return true;
        }
        return false;
    }
}
