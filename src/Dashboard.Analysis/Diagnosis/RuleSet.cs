using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Analysis;

/// <summary>The rules of a reading, in the order in which they are asked. docs/diagnosis-rules.md describes the form.</summary>
public sealed class RuleSet
{
    /// <summary>Longest document, in characters: a few hundred rules with all their sentences.</summary>
    public const int MostCharacters = 1_000_000;

    /// <summary>Most rules: a reading asks each of them about each curve.</summary>
    public const int MostRules = 300;

    private static readonly Lazy<RuleSet> Shipped = new(ReadShipped);

    private RuleSet(IReadOnlyList<DiagnosisRule> rules) => Rules = rules;

    /// <summary>The rules that come with the product.</summary>
    public static RuleSet Default => Shipped.Value;

    /// <summary>The rules, the ones switched off included.</summary>
    public IReadOnlyList<DiagnosisRule> Rules { get; }

    /// <summary>Reads a whole set.</summary>
    /// <exception cref="RuleException">It is no JSON, or a rule of it cannot be used; all faults are told at once.</exception>
    public static RuleSet Parse(string json) => Read(json, []);

    /// <summary>This set with changes laid over it: an entry with the id of a rule here changes what it names (parameters one by one), any other is added at the front.</summary>
    /// <remarks>Added rules are asked first, so that a project's own rule is heard before the shipped one of the same code.</remarks>
    /// <param name="json">A document of the same form, in which known rules need only their id and what changes. Null or blank for no change.</param>
    /// <exception cref="RuleException">As for <see cref="Parse"/>; pointers are into this document.</exception>
    public RuleSet With(string? json) => string.IsNullOrWhiteSpace(json) ? this : Read(json, Rules);

    private static RuleSet Read(string json, IReadOnlyList<DiagnosisRule> below)
    {
        var entries = Entries(json);
        var known = below.ToDictionary(rule => rule.Id);
        var (changed, added) = (new Dictionary<string, DiagnosisRule>(), new List<DiagnosisRule>());
        var faults = new List<RuleFault>();
        var seen = new HashSet<string>();
        for (var at = 0; at < entries.Count; at++)
        {
            var pointer = $"/rules/{at}";
            if (entries[at] is not JsonObject entry)
            {
                faults.Add(new RuleFault(pointer, "A rule is an object."));
                continue;
            }
            var id = (entry["id"] as JsonValue)?.GetValueKind() == JsonValueKind.String ? entry["id"]!.GetValue<string>() : "";
            if (id.Length > 0 && !seen.Add(id))
                faults.Add(new RuleFault(pointer + "/id", $"The rule '{id}' is there twice; give one of the two another id."));
            var isKnown = known.TryGetValue(id, out var old);
            if (RuleReader.Read(isKnown ? RuleMerge.Over(old!.Source, entry) : entry.DeepClone().AsObject(), pointer, faults) is not { } rule)
                continue;
            if (isKnown)
                changed[id] = rule;
            else
                added.Add(rule);
        }
        if (faults.Count > 0)
            throw new RuleException(faults);
        List<DiagnosisRule> rules = [.. added, .. below.Select(rule => changed.GetValueOrDefault(rule.Id, rule))];
        return rules.Count <= MostRules ? new RuleSet(rules) : throw new RuleException([new RuleFault("/rules", $"There are {rules.Count} rules; {MostRules} are the most.")]);
    }

    private static JsonArray Entries(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MostCharacters)
            throw new RuleException($"The document has {json.Length} characters; {MostCharacters} are the most.");
        try
        {
            var root = JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            ReadTexts(root);
            if (root is not JsonObject document || document["rules"] is not JsonArray rules)
                throw new RuleException([new RuleFault("/rules", "The document is an object with a list 'rules'.")]);
            return rules.Count <= MostRules ? rules : throw new RuleException([new RuleFault("/rules", $"There are {rules.Count} rules; {MostRules} are the most.")]);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new RuleException($"The document is not JSON: {broken.Message}", broken);
        }
    }

    // An escape of half a character is noticed only when its text is read, and then by another exception.
    private static void ReadTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject named:
                foreach (var (_, value) in named)
                    ReadTexts(value);
                break;
            case JsonArray list:
                foreach (var value in list)
                    ReadTexts(value);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }

    private static RuleSet ReadShipped()
    {
        using var stream = typeof(RuleSet).Assembly.GetManifestResourceStream("Dashboard.Analysis.default-rules.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
