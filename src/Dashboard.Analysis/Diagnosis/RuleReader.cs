using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Analysis;

/// <summary>Reads one rule from JSON and tells everything that is wrong about it.</summary>
internal sealed class RuleReader
{
    /// <summary>How rules are written: with their Chinese as it is read.</summary>
    public static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Known =
        ["id", "code", "scope", "enabled", "severity", "tags", "most", "parameters", "when", "confidence", "from", "to", "sentence", "try", "doc", "evidence"];

    private const int MostEvidence = 12, MostTags = 50, MostTries = 10, MostParameters = 20;

    private readonly RuleFields _fields;

    private RuleReader(RuleFields fields) => _fields = fields;

    /// <summary>The rule, or null with its faults added.</summary>
    public static DiagnosisRule? Read(JsonObject source, string pointer, List<RuleFault> faults)
    {
        var before = faults.Count;
        var rule = new RuleReader(new RuleFields(source, pointer, faults)).Whole(source);
        return faults.Count == before ? rule : null;
    }

    private DiagnosisRule? Whole(JsonObject source)
    {
        foreach (var (name, _) in source)
        {
            if (!Known.Contains(name))
                _fields.Fault("/" + RuleFields.Escaped(name), $"A rule has no field '{name}'; it has {string.Join(", ", Known)}.");
        }
        var id = _fields.Name("id");
        var code = _fields.Name("code");
        var scope = _fields.Choice("scope", RuleScope.Curve);
        var parameters = Parameters(source["parameters"]);
        var names = new RuleScopeNames(scope, parameters);
        var when = Expression("when", names, isNeeded: true);
        var confidence = Expression("confidence", names, isNeeded: true);
        var sentence = _fields.Text("sentence", source["sentence"], "/sentence");
        var (english, chinese) = (Sentence(sentence?.En, "/sentence", names), Sentence(sentence?.Zh, "/sentence", names));
        if (when is null || confidence is null || sentence is null || english is null)
            return null;
        return new DiagnosisRule
        {
            Id = id,
            Code = code,
            Scope = scope,
            Enabled = _fields.Flag("enabled", true),
            Severity = _fields.Choice("severity", FindingSeverity.Info),
            Tags = Tags(scope),
            Most = (int)_fields.Number("most", 20, 1, 1_000),
            Parameters = parameters,
            Condition = when,
            Confidence = confidence,
            From = Expression("from", names, isNeeded: false),
            To = Expression("to", names, isNeeded: false),
            Sentence = sentence,
            English = english,
            Chinese = chinese,
            Doc = source["doc"] is null ? sentence : _fields.Text("doc", source["doc"], "/doc") ?? sentence,
            Try = Tries(source["try"]),
            Evidence = Evidence(names),
            Source = source,
        };
    }

    private List<RuleParameter> Parameters(JsonNode? node)
    {
        var parameters = new List<RuleParameter>();
        if (node is null)
            return parameters;
        if (node is not JsonObject named || named.Count > MostParameters)
        {
            _fields.Fault("/parameters", $"Parameters are an object of {MostParameters} names at most, each a number or {{ \"value\", \"min\", \"max\", \"what\" }}.");
            return parameters;
        }
        foreach (var (name, value) in named)
        {
            var pointer = "/parameters/" + RuleFields.Escaped(name);
            if (!RuleFields.IsName(name))
                _fields.Fault(pointer, "A parameter's name has lower-case letters, digits and _, begins with a letter and has 64 characters at most.");
            if (RuleParameterReader.Read(name, value, pointer, _fields) is { } parameter)
                parameters.Add(parameter);
        }
        return parameters;
    }

    private List<string> Tags(RuleScope scope)
    {
        var tags = _fields.Strings("tags", MostTags, 512);
        if (scope == RuleScope.Scalar && tags.Count == 0)
            _fields.Fault("/tags", "A rule about any scalar names the tags it is about, such as \"system/gpu/*/temperature\".");
        return tags;
    }

    private List<RuleText> Tries(JsonNode? node)
    {
        var tries = new List<RuleText>();
        if (node is null)
            return tries;
        if (node is not JsonObject languages || languages["en"] is not JsonArray english || english.Count > MostTries)
        {
            _fields.Fault("/try", $"What to try is {{ \"en\": [...], \"zh\": [...] }} with {MostTries} texts at most each.");
            return tries;
        }
        var chinese = languages["zh"] as JsonArray;
        if (chinese is not null && chinese.Count != english.Count)
            _fields.Fault("/try/zh", $"There are {english.Count} texts in English and {chinese.Count} in Chinese; each needs its counterpart.");
        for (var at = 0; at < english.Count; at++)
        {
            var en = _fields.Words(english[at], $"/try/en/{at}");
            var zh = chinese is not null && at < chinese.Count ? _fields.Words(chinese[at], $"/try/zh/{at}") : null;
            if (en is not null)
                tries.Add(new RuleText(en, zh));
        }
        return tries;
    }

    private List<EvidenceRule> Evidence(RuleScopeNames names)
    {
        var marks = new List<EvidenceRule>();
        foreach (var (entry, pointer) in _fields.Objects("evidence", MostEvidence))
        {
            var fields = _fields.Within(entry, pointer);
            var reader = new RuleReader(fields);
            marks.Add(new EvidenceRule(fields.Choice("kind", EvidenceKind.Range), fields.Name("label"))
            {
                FromStep = reader.Expression("from", names, isNeeded: false),
                ToStep = reader.Expression("to", names, isNeeded: false),
                FromValue = reader.Expression("value", names, isNeeded: false),
                ToValue = reader.Expression("to_value", names, isNeeded: false),
            });
        }
        return marks;
    }

    private RuleExpression? Expression(string field, RuleScopeNames names, bool isNeeded)
    {
        if (_fields.String(field, RuleExpression.MostCharacters, isNeeded) is not { } text)
            return null;
        try
        {
            return RuleExpression.Parse(text, names);
        }
        catch (RuleSyntaxException fault)
        {
            _fields.Fault("/" + field, fault.Message, fault.At);
            return null;
        }
    }

    private RuleSentence? Sentence(string? text, string pointer, RuleScopeNames names)
    {
        if (text is null)
            return null;
        try
        {
            return RuleSentence.Parse(text, names);
        }
        catch (RuleSyntaxException fault)
        {
            _fields.Fault(pointer, fault.Message, fault.At);
            return null;
        }
    }
}
