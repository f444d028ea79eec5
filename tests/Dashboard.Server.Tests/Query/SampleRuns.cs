namespace Dashboard.Server.Tests;

/// <summary>A handful of runs by hand, with the kinds of values that comparisons have to tell apart.</summary>
internal sealed class SampleRuns : IValueSource
{
    /// <summary>1 January 2026, 00:00 UTC.</summary>
    public const double Day = 1_767_225_600;

    private readonly List<(string Name, Dictionary<string, QueryValue> Values)> _runs = [];

    public SampleRuns()
    {
        Add("cnn-1", "vision", ["baseline", "best"], "finished", Day, 90, ("config.lr", 0.001), ("config.opt", "adam"), ("config.bs", 32), ("config.amp", true), ("loss", 0.2), ("acc", 0.9));
        Add("cnn-2", "vision", [], "running", Day + 3600, 7200, ("config.lr", 0.1), ("config.opt", "SGD"), ("config.bs", "32"), ("config.amp", false), ("loss", double.NaN), ("acc", 0.5));
        Add("vit 3", null, ["best"], "failed", Day + 86_400, 200_000, ("config.lr", 0.01), ("config[\"odd key\"]", "7"), ("config.net.depth", 12), ("loss", double.PositiveInfinity));
        Add("bert", "text", [], "finished", Day - 1, 0, ("config.layers", "[64,64]"), ("config.run", "3d"));
    }

    public int Count => _runs.Count;

    public string Name(int row) => _runs[row].Name;

    public Func<int, QueryValue> Bind(ValuePath path)
    {
        var key = Key(path);
        return row => _runs[row].Values.GetValueOrDefault(key);
    }

    public Func<int, bool> BindHas(ValuePath path)
    {
        var key = Key(path);
        return row => _runs[row].Values.Any(value => value.Value.Kind != QueryValueKind.Absent && (value.Key == key || ConfigPaths.IsBelow(value.Key, key)));
    }

    private void Add(string name, string? group, string[] tags, string status, double created, double duration, params (string Key, object Value)[] more)
    {
        var values = more.ToDictionary(value => value.Key, value => value.Value switch
        {
            double number => QueryValue.Of(number),
            int number => QueryValue.Of(number),
            bool truth => QueryValue.Of(truth),
            _ => QueryValue.Of((string)value.Value),
        });
        values["Name"] = QueryValue.Of(name);
        values["Group"] = QueryValue.Of(group);
        values["Tags"] = QueryValue.Of(tags);
        values["Status"] = QueryValue.Of(status);
        values["Created"] = QueryValue.Of(created);
        values["Updated"] = QueryValue.Of(created + duration);
        values["Duration"] = QueryValue.Of(duration);
        _runs.Add((name, values));
    }

    private static string Key(ValuePath path) => path.Field is RunField.Config or RunField.Summary ? path.Key : path.Field.ToString();
}
