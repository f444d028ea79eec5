using System.Buffers;
using System.Text;

namespace Dashboard.Server;

/// <summary>Cuts a query into tokens.</summary>
/// <remarks>
/// In quotes, double or single, <c>\</c> keeps the quote or <c>\</c> that follows it; before anything else it stands for itself, so that regular expressions read as
/// they are written elsewhere.
/// </remarks>
internal static class QueryLexer
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create("()[],=!<>~\" \t\r\n\f\v");

    /// <summary>All tokens, the last of kind <see cref="QueryTokenKind.End"/>.</summary>
    /// <exception cref="QueryException">A quote is not closed, or a character begins nothing.</exception>
    public static List<QueryToken> Read(string query)
    {
        var tokens = new List<QueryToken>();
        var at = 0;
        while (true)
        {
            while (at < query.Length && char.IsWhiteSpace(query[at]))
                at++;
            if (at == query.Length)
            {
                tokens.Add(new QueryToken(QueryTokenKind.End, "", new QuerySpan(at, 0)));
                return tokens;
            }
            var token = query[at] switch
            {
                '"' or '\'' => Quoted(query, at),
                '(' => Single(QueryTokenKind.Open, query, at),
                ')' => Single(QueryTokenKind.Close, query, at),
                '[' => Single(QueryTokenKind.OpenBracket, query, at),
                ']' => Single(QueryTokenKind.CloseBracket, query, at),
                ',' => Single(QueryTokenKind.Comma, query, at),
                '=' or '!' or '<' or '>' or '~' => Operator(query, at),
                _ => Word(query, at),
            };
            tokens.Add(token);
            at = token.Span.End;
        }
    }

    private static QueryToken Single(QueryTokenKind kind, string query, int at) => new(kind, query[at].ToString(), new QuerySpan(at, 1));

    private static QueryToken Operator(string query, int at)
    {
        var isDouble = at + 1 < query.Length && query[at + 1] == '=' && query[at] != '~';
        var span = new QuerySpan(at, isDouble ? 2 : 1);
        var text = query.Substring(at, span.Length);
        if (text == "!")
            throw new QueryException("unexpected_character", "'!' stands only in '!='; write not to turn a condition around.", span);
        return new QueryToken(QueryTokenKind.Operator, text == "==" ? "=" : text, span);
    }

    private static QueryToken Word(string query, int at)
    {
        var rest = query.AsSpan(at);
        var length = rest.IndexOfAny(WordEnds);
        length = length < 0 ? rest.Length : length;
        // White space beyond ASCII ends a word, too.
        for (var i = 0; i < length; i++)
        {
            if (char.IsWhiteSpace(rest[i]))
                length = i;
        }
        return new QueryToken(QueryTokenKind.Word, rest[..length].ToString(), new QuerySpan(at, length));
    }

    private static QueryToken Quoted(string query, int at)
    {
        var quote = query[at];
        var text = new StringBuilder();
        for (var i = at + 1; i < query.Length; i++)
        {
            if (query[i] == quote)
                return new QueryToken(QueryTokenKind.Text, text.ToString(), new QuerySpan(at, i + 1 - at));
            if (query[i] == '\\' && i + 1 < query.Length && (query[i + 1] == quote || query[i + 1] == '\\'))
                i++;
            text.Append(query[i]);
        }
        throw new QueryException("unclosed_quote", $"The text that begins here has no closing {quote}.", new QuerySpan(at, query.Length - at));
    }
}
