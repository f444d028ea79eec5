namespace Dashboard.Analysis;

/// <summary>The features that rules may use, scope by scope, and the names that sentences may.</summary>
public static class RuleVocabulary
{
    private static readonly Dictionary<RuleScope, RuleFeature[]> Own = new()
    {
        [RuleScope.Curve] = CurveVocabulary.All,
        [RuleScope.Scalar] = CurveVocabulary.All,
        [RuleScope.Pair] = PairVocabulary.All,
        [RuleScope.Layer] = LayerVocabulary.Layers,
        [RuleScope.Units] = LayerVocabulary.Units,
        [RuleScope.Split] = LabelVocabulary.Split,
        [RuleScope.Splits] = LabelVocabulary.Splits,
    };

    private static readonly Dictionary<RuleScope, RuleFeature[]> Whole = Own.ToDictionary(pair => pair.Key, pair => (RuleFeature[])[.. pair.Value, .. RunVocabulary.All]);

    private static readonly Dictionary<RuleScope, Dictionary<string, int>> Places =
        Whole.ToDictionary(pair => pair.Key, pair => pair.Value.Select((feature, at) => (feature.Name, at)).ToDictionary(place => place.Name, place => place.at));

    /// <summary>Features of a scope; those of the whole run, which every scope has, come last.</summary>
    public static IReadOnlyList<RuleFeature> For(RuleScope scope) => Whole[scope];

    /// <summary>Names, not numbers, that the sentences of a scope may hold.</summary>
    public static IReadOnlyList<string> NamesOf(RuleScope scope) => scope switch
    {
        RuleScope.Pair => ["tag", "other"],
        RuleScope.Layer => ["tag", "layer"],
        RuleScope.Units => ["tag", "layer"],
        RuleScope.Split => ["tag", "split", "largest", "smallest"],
        RuleScope.Splits => ["tag", "split", "other", "most_changed"],
        _ => ["tag"],
    };

    internal static bool TryPlace(RuleScope scope, string name, out int place) => Places[scope].TryGetValue(name, out place);
}
