namespace Dashboard.Analysis;

/// <summary>What the expressions and sentences of one rule may call: the features of its scope and its own parameters.</summary>
internal sealed class RuleScopeNames
{
    private readonly Dictionary<string, double> _parameters;

    public RuleScopeNames(RuleScope scope, IEnumerable<RuleParameter> parameters)
    {
        Scope = scope;
        _parameters = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
    }

    public RuleScope Scope { get; }

    public bool TryFeature(string name, out int place) => RuleVocabulary.TryPlace(Scope, name, out place);

    public bool TryParameter(string name, out double value) => _parameters.TryGetValue(name, out value);

    /// <summary>The name that was likely meant, in words to add to an error; empty where none is near.</summary>
    public string Suggestion(string name)
    {
        var near = RuleVocabulary.For(Scope).Select(feature => feature.Name).Concat(_parameters.Keys)
            .Select(known => (known, Distance: Distance(known, name)))
            .Where(pair => pair.Distance <= Math.Max(1, name.Length / 3))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.known, StringComparer.Ordinal)
            .Select(pair => pair.known).FirstOrDefault();
        return near is null ? "" : $" Did you mean '{near}'?";
    }

    // Edits from one word to the other; long names are not compared, because nobody mistypes them and the table grows with the square.
    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
