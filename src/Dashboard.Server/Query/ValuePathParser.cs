namespace Dashboard.Server;

/// <summary>Parses the paths that name values of runs.</summary>
internal static class ValuePathParser
{
    private const string Config = "config";
    private const string Summary = "summary";

    // A path of more keys than the deepest JSON that a configuration may be names nothing.
    private const int MaxKeys = 64;

    private static readonly string[] Names = [.. ValuePath.Fields.Keys, Config, Summary];

    /// <summary>Parses a text that is one path and nothing else.</summary>
    /// <exception cref="QueryException">It is none.</exception>
    public static ValuePath Parse(string text)
    {
        var tokens = new TokenReader(QueryLexer.Read(text), MaxKeys, 1);
        var path = TryRead(tokens) ?? (tokens.Current is { Kind: QueryTokenKind.Word, Text: var word }
            ? ValuePath.Fields.TryGetValue(word.ToLowerInvariant(), out var field) ? Taken(tokens, new ValuePath(field)) : throw Unknown(tokens.Current)
            : throw tokens.Expected("a value, such as name, config.lr or summary(\"loss\").min"));
        return tokens.Current.Kind == QueryTokenKind.End ? path : throw tokens.Expected("the end of the value");
    }

    /// <summary>Reads <c>config…</c> or <c>summary("tag").min</c> where one begins; null where none does.</summary>
    public static ValuePath? TryRead(TokenReader tokens)
    {
        var first = tokens.Current;
        if (first.Kind != QueryTokenKind.Word)
            return null;
        if (first.Is(Summary) && tokens.IsCall)
            return ReadSummary(tokens);
        if (first.Text.StartsWith(Config + ".", StringComparison.OrdinalIgnoreCase) || (first.Is(Config) && tokens.Next.Kind == QueryTokenKind.OpenBracket))
            return ReadConfig(tokens);
        return null;
    }

    /// <summary>The fault of a name that is none.</summary>
    public static QueryException Unknown(QueryToken token)
    {
        var word = token.Text;
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        var head = dot < 0 ? word : word[..dot];
        var shown = TokenReader.Shown(word);
        var span = token.Span with { Length = head.Length };
        if (head.Equals(Config, StringComparison.OrdinalIgnoreCase))
            return new QueryException("unknown_name", "'config' is all of the configuration; name one value of it, such as config.lr.", span);
        if (head.Equals(Summary, StringComparison.OrdinalIgnoreCase))
            return new QueryException("unknown_name", "Write summary(\"tag\").last, .min, .max or .step, with the tag in quotes.", span);
        return Suggestion.For(head, Names) is { } near
            ? new QueryException("unknown_name", $"Unknown name '{TokenReader.Shown(head)}'; did you mean {near}?", span)
            : new QueryException("unknown_name", $"Unknown name '{shown}'; write config.{shown} for a value of the configuration, summary(\"{shown}\").last for a metric, or \"{shown}\" to find the text.", span);
    }

    private static ValuePath ReadSummary(TokenReader tokens)
    {
        var first = tokens.Take();
        tokens.Take();
        var tag = tokens.Current.Kind is QueryTokenKind.Text or QueryTokenKind.Word ? tokens.Take() : throw tokens.Expected("the tag of a scalar in quotes");
        tokens.Take(QueryTokenKind.Close, "')'");
        var part = tokens.Current;
        SummaryStatistic? statistic = part.Kind != QueryTokenKind.Word ? null : part.Text.ToLowerInvariant() switch
        {
            ".last" => SummaryStatistic.Last,
            ".min" => SummaryStatistic.Min,
            ".max" => SummaryStatistic.Max,
            ".step" => SummaryStatistic.Step,
            _ => null,
        };
        if (statistic is null)
            throw new QueryException("expected_statistic", "Say which number of the metric: add .last, .min, .max or .step.", part.Text.StartsWith('.') ? part.Span : first.Span.To(tokens.Last.Span));
        tokens.Take();
        return new ValuePath(RunField.Summary, tag.Text, statistic.Value);
    }

    private static ValuePath ReadConfig(TokenReader tokens)
    {
        var keys = new List<string>();
        var word = tokens.Take();
        AddKeys(keys, word.Text[Config.Length..], word.Span);
        while (tokens.Current.Kind == QueryTokenKind.OpenBracket && tokens.Current.Span.Position == tokens.Last.Span.End)
        {
            tokens.Take();
            keys.Add(tokens.Take(QueryTokenKind.Text, "a key in quotes").Text);
            tokens.Take(QueryTokenKind.CloseBracket, "']'");
            if (tokens.Current is { Kind: QueryTokenKind.Word } more && more.Text.StartsWith('.') && more.Span.Position == tokens.Last.Span.End)
                AddKeys(keys, tokens.Take().Text, more.Span);
        }
        return keys.Count <= MaxKeys
            ? ValuePath.OfConfig(keys)
            : throw QueryException.TooComplex($"The path has more than {MaxKeys} keys.", word.Span.To(tokens.Last.Span));
    }

    // ".a.b": each key after its dot.
    private static void AddKeys(List<string> keys, string dotted, QuerySpan span)
    {
        if (dotted.Length == 0)
            return;
        foreach (var key in dotted[1..].Split('.'))
            keys.Add(key.Length > 0 ? key : throw new QueryException("empty_key", "A key is missing beside a dot; a key that is empty or holds dots is written config[\"a.b\"].", span));
    }

    private static ValuePath Taken(TokenReader tokens, ValuePath path)
    {
        tokens.Take();
        return path;
    }
}
