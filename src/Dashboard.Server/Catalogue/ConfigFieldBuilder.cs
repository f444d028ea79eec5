using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Counts the values of configurations by path.</summary>
internal sealed class ConfigFieldBuilder
{
    private readonly Dictionary<int, Field> _fields = [];

    public void Add(ConfigValues config)
    {
        for (var at = 0; at < config.Paths.Length; at++)
        {
            if (!_fields.TryGetValue(config.Paths[at], out var field))
                _fields[config.Paths[at]] = field = new Field(config.Values[at].Kind);
            field.Add(config.Values[at]);
        }
    }

    public IReadOnlyList<ConfigField> Build(ConfigPaths paths)
    {
        var names = paths.ToList();
        return
        [
            .. _fields
                .Select(known => new ConfigField(names[known.Key].Name, names[known.Key].Path, known.Value.Kind, known.Value.Runs, known.Value.Distinct))
                .OrderByDescending(field => field.Runs).ThenBy(field => field.Path, StringComparer.Ordinal),
        ];
    }

    private sealed class Field(QueryValueKind first)
    {
        private readonly HashSet<QueryValue> _values = [];
        private bool _isMixed;

        public int Runs { get; private set; }

        public int Distinct => _values.Count;

        public string Kind => _isMixed ? "mixed" : first.ToString().ToLowerInvariant();

        public void Add(QueryValue value)
        {
            Runs++;
            _isMixed |= value.Kind != first;
            _values.Add(value);
        }
    }
}
