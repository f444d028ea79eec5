namespace Dashboard.Server;

/// <summary>The tokens of a query one by one, with the caps on how many and how deep.</summary>
internal sealed class TokenReader(List<QueryToken> tokens, int maxNodes, int maxDepth)
{
    private int _at;
    private int _nodes;
    private int _depth;

    public QueryToken Current => tokens[_at];

    public QueryToken Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>The token before the current one.</summary>
    public QueryToken Last => tokens[Math.Max(_at - 1, 0)];

    /// <summary>True where the next token follows the current one without a blank: the bracket of a function.</summary>
    public bool IsCall => Next.Kind == QueryTokenKind.Open && Next.Span.Position == Current.Span.End;

    public QueryToken Take() => _at + 1 < tokens.Count ? tokens[_at++] : tokens[_at];

    /// <summary>Takes a token of this kind.</summary>
    /// <exception cref="QueryException">It is another.</exception>
    public QueryToken Take(QueryTokenKind kind, string what) => Current.Kind == kind ? Take() : throw Expected(what);

    /// <summary>Takes this keyword if it comes next.</summary>
    public bool TryTake(string keyword)
    {
        if (!Current.Is(keyword))
            return false;
        Take();
        return true;
    }

    /// <summary>Counts a term or a literal.</summary>
    /// <exception cref="QueryException">There are too many.</exception>
    public void Count()
    {
        if (++_nodes > maxNodes)
            throw QueryException.TooComplex($"The query has more than {maxNodes} terms and values; use a regular expression (~) for many alternatives, or a shorter query.", Current.Span);
    }

    /// <summary>Counts a bracket or a not that others will stand in.</summary>
    /// <exception cref="QueryException">They are too deep.</exception>
    public void Enter()
    {
        Count();
        if (++_depth > maxDepth)
            throw QueryException.TooComplex($"More than {maxDepth} brackets and nots stand within each other; take some away.", Current.Span);
    }

    public void Leave() => _depth--;

    public QueryException Expected(string what) => Current.Kind == QueryTokenKind.End
        ? new QueryException("unexpected_end", $"The query ends where {what} should follow.", Current.Span)
        : new QueryException("unexpected_token", $"Here should be {what}, not '{Shown(Current.Text)}'.", Current.Span);

    /// <summary>A text short enough for a message.</summary>
    public static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
