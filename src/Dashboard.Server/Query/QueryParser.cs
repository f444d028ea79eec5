using System.Text.RegularExpressions;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Parses run queries by recursive descent; what recurses is capped by <see cref="ApiLimits.MaxQueryDepth"/>.</summary>
/// <remarks>
/// <code>
/// query      = [ any ]
/// any        = all { "or" all }
/// all        = term { [ "and" ] term }
/// term       = "not" term | "(" any ")" | "has(" path ")" | comparison | text
/// comparison = path operator ( literal | path ) | path "~" pattern | path [ "not" ] "in" "(" literal { "," literal } ")"
/// path       = field | "config" { "." key | "[" quoted "]" } | "summary(" quoted ")." ( "last" | "min" | "max" | "step" )
/// literal    = quoted | word | "now" [ ( "+" | "-" ) duration ]
/// text       = word | quoted
/// </code>
/// Keywords and fields are read in any case. A word is a field only where an operator follows; otherwise it is a text to find.
/// </remarks>
internal sealed class QueryParser
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    private readonly TokenReader _tokens;
    private readonly ApiLimits _limits;

    private QueryParser(string query, ApiLimits limits)
    {
        _limits = limits;
        _tokens = new TokenReader(QueryLexer.Read(query), limits.MaxQueryNodes, limits.MaxQueryDepth);
    }

    /// <summary>The condition that a query says, or null for a blank one.</summary>
    /// <exception cref="QueryException">It is no query, or passes a cap.</exception>
    public static QueryNode? Parse(string? query, ApiLimits limits)
    {
        if (string.IsNullOrWhiteSpace(query))
            return null;
        if (query.Length > limits.MaxQueryLength)
            throw QueryException.TooComplex($"The query is longer than {limits.MaxQueryLength} characters.", new QuerySpan(limits.MaxQueryLength, query.Length - limits.MaxQueryLength));
        var parser = new QueryParser(query, limits);
        var node = parser.Any();
        var rest = parser._tokens.Current;
        return rest.Kind switch
        {
            QueryTokenKind.End => node,
            QueryTokenKind.Close => throw new QueryException("unexpected_token", "This ')' closes nothing; take it away, or put the text in quotes.", rest.Span),
            _ => throw parser._tokens.Expected("and, or, or the end of the query"),
        };
    }

    private QueryNode Any()
    {
        var terms = new List<QueryNode> { All() };
        while (_tokens.TryTake("or"))
            terms.Add(All());
        return terms.Count == 1 ? terms[0] : new QueryNode.Or(terms);
    }

    private QueryNode All()
    {
        var terms = new List<QueryNode> { Term() };
        while (_tokens.TryTake("and") || (_tokens.Current.Kind is QueryTokenKind.Word or QueryTokenKind.Text or QueryTokenKind.Open && !_tokens.Current.Is("or")))
            terms.Add(Term());
        return terms.Count == 1 ? terms[0] : new QueryNode.And(terms);
    }

    private QueryNode Term()
    {
        var token = _tokens.Current;
        if (_tokens.TryTake("not"))
            return Within(() => new QueryNode.Not(Term()));
        if (token.Kind == QueryTokenKind.Open)
        {
            _tokens.Take();
            return Within(() =>
            {
                var inner = Any();
                _tokens.Take(QueryTokenKind.Close, "')'");
                return inner;
            });
        }
        _tokens.Count();
        return token.Kind switch
        {
            QueryTokenKind.Text => Text(),
            QueryTokenKind.Word when token.Is("and") || token.Is("or") =>
                throw new QueryException("unexpected_token", $"'{token.Text}' needs a condition on its left; put it in quotes to find the word.", token.Span),
            QueryTokenKind.Word when token.Text is "&&" or "||" =>
                throw new QueryException("unexpected_token", $"Write {(token.Text == "&&" ? "and" : "or")} instead of {token.Text}.", token.Span),
            QueryTokenKind.Word => Word(),
            _ => throw _tokens.Expected("a condition, such as config.lr < 0.01, or a text to find"),
        };
    }

    private QueryNode Within(Func<QueryNode> read)
    {
        _tokens.Enter();
        var node = read();
        _tokens.Leave();
        return node;
    }

    private QueryNode.Find Text()
    {
        var text = _tokens.Take();
        if (_tokens.Current.Kind == QueryTokenKind.Operator)
            throw new QueryException("expected_name", "A comparison begins with a name without quotes, such as config.lr or status.", text.Span);
        return new QueryNode.Find(text.Text);
    }

    private QueryNode Word()
    {
        var first = _tokens.Current;
        if (first.Is("has") && _tokens.IsCall)
            return Has();
        if (ValuePathParser.TryRead(_tokens) is { } path)
            return Comparison(path, first.Span.To(_tokens.Last.Span));
        if (_tokens.IsCall)
            throw ValuePathParser.Unknown(first);
        _tokens.Take();
        var isField = ValuePath.Fields.TryGetValue(first.Text.ToLowerInvariant(), out var field);
        // After a field a bare "in" lacks its brackets; after any other word it is a word.
        var isCompared = _tokens.Current.Kind == QueryTokenKind.Operator || (_tokens.Current.Is("in") && (isField || _tokens.Next.Kind == QueryTokenKind.Open)) || IsNotIn();
        if (!isCompared)
            return new QueryNode.Find(first.Text);
        if (isField)
            return Comparison(new ValuePath(field), first.Span);
        if (QueryLiteral.PlainNumber(first.Text) is not null)
            throw new QueryException("expected_name", "A comparison begins with a name: write config.lr > 3 instead of 3 < config.lr.", first.Span);
        throw ValuePathParser.Unknown(first);
    }

    private QueryNode.Has Has()
    {
        _tokens.Take();
        _tokens.Take();
        var name = _tokens.Current;
        var path = ValuePathParser.TryRead(_tokens);
        if (path is null)
        {
            _tokens.Take(QueryTokenKind.Word, "a value, such as config.lr");
            path = ValuePath.Fields.TryGetValue(name.Text.ToLowerInvariant(), out var field) ? new ValuePath(field) : throw ValuePathParser.Unknown(name);
        }
        _tokens.Take(QueryTokenKind.Close, "')'");
        return new QueryNode.Has(path);
    }

    private QueryNode Comparison(ValuePath path, QuerySpan span)
    {
        if (_tokens.Current.Is("in") || IsNotIn())
            return Membership(path);
        if (_tokens.Current.Kind != QueryTokenKind.Operator)
            throw new QueryException("expected_comparison", $"Compare the value, as in {path} < 1, or ask has({path}); in quotes it is a text to find.", span);
        var sign = _tokens.Take();
        if (sign.Text == "~")
            return Pattern(path);
        var comparison = sign.Text switch
        {
            "=" => QueryOperator.Equal,
            "!=" => QueryOperator.NotEqual,
            "<" => QueryOperator.Less,
            "<=" => QueryOperator.AtMost,
            ">" => QueryOperator.Greater,
            _ => QueryOperator.AtLeast,
        };
        if (path.Field == RunField.Tags && comparison is not (QueryOperator.Equal or QueryOperator.NotEqual))
            throw new QueryException("wrong_operator", "Tags are compared with =, !=, ~ and in.", sign.Span);
        _tokens.Count();
        return ValuePathParser.TryRead(_tokens) is { } other
            ? new QueryNode.ComparePaths(path, comparison, other)
            : new QueryNode.Compare(path, comparison, Literal(path));
    }

    private bool IsNotIn() => _tokens.Current.Is("not") && _tokens.Next.Is("in");

    private QueryNode Membership(ValuePath path)
    {
        var isNot = _tokens.TryTake("not");
        _tokens.Take();
        _tokens.Take(QueryTokenKind.Open, "'(' with values between commas");
        var literals = new List<QueryLiteral>();
        do
        {
            if (literals.Count > 0)
                _tokens.Take();
            _tokens.Count();
            literals.Add(Literal(path));
        }
        while (_tokens.Current.Kind == QueryTokenKind.Comma);
        _tokens.Take(QueryTokenKind.Close, "',' or ')'");
        var node = new QueryNode.In(path, literals);
        return isNot ? new QueryNode.Not(node) : node;
    }

    private QueryNode.Match Pattern(ValuePath path)
    {
        var token = _tokens.Current.Kind is QueryTokenKind.Text or QueryTokenKind.Word ? _tokens.Take() : throw _tokens.Expected("a regular expression in quotes");
        if (token.Text.Length > _limits.MaxQueryPatternLength)
            throw QueryException.TooComplex($"The regular expression is longer than {_limits.MaxQueryPatternLength} characters.", token.Span);
        try
        {
            // Without backtracking a match takes time linear in the text, whatever the expression.
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
            return new QueryNode.Match(path, token.Text, new Regex(token.Text, Options, MatchTimeout));
        }
        catch (NotSupportedException)
        {
            throw new QueryException("invalid_pattern", "The regular expression looks ahead or behind, refers back, or repeats too much; write it without.", token.Span);
        }
        catch (RegexParseException broken)
        {
            throw new QueryException("invalid_pattern", $"The regular expression is not valid: {broken.Message} Put \\ before a sign that stands for itself.", token.Span);
        }
    }

    private QueryLiteral Literal(ValuePath path)
    {
        var token = _tokens.Current.Kind is QueryTokenKind.Text or QueryTokenKind.Word ? _tokens.Take() : throw _tokens.Expected("a number, a word or a text in quotes");
        if (token.Kind == QueryTokenKind.Word && LiteralChecks.FromNow(token, _tokens) is { } moment)
            return moment;
        var literal = token.Kind == QueryTokenKind.Text ? QueryLiteral.Quoted(token.Text, token.Span) : QueryLiteral.Word(token.Text, token.Span);
        return LiteralChecks.Checked(literal, path);
    }
}
