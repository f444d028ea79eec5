namespace Dashboard.Analysis;

/// <summary>Cuts an expression into tokens.</summary>
internal static class RuleLexer
{
    public static List<RuleToken> Read(string text)
    {
        var tokens = new List<RuleToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
            {
                tokens.Add(new RuleToken("", at));
                return tokens;
            }
            var length = Length(text, at);
            tokens.Add(new RuleToken(Sign(text.Substring(at, length)), at));
            at += length;
        }
    }

    private static int Length(string text, int from)
    {
        var first = text[from];
        var at = from + 1;
        if (char.IsAsciiLetter(first) || first == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
                at++;
            return at - from;
        }
        if (char.IsAsciiDigit(first))
        {
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.' || IsExponent(text, at)))
                at++;
            return at - from;
        }
        if (first is '<' or '>' or '=' or '!' && at < text.Length && text[at] == '=')
            return 2;
        if (first is '<' or '>' or '=' or '(' or ')' or ',' or '+' or '-' or '*' or '/' or '−' or '×' or '÷' or '≤' or '≥' or '≠')
            return 1;
        throw new RuleSyntaxException($"'{first}' means nothing here: an expression has names, numbers, + - * / < <= > >= = != and or not, brackets and commas.", from);
    }

    // The e of 1e-9, and the sign after it.
    private static bool IsExponent(string text, int at) =>
        (text[at] is 'e' or 'E' && at + 1 < text.Length && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] is '+' or '-'))
        || (text[at] is '+' or '-' && text[at - 1] is 'e' or 'E');

    private static string Sign(string text) => text switch
    {
        "==" => "=",
        "−" => "-",
        "×" => "*",
        "÷" => "/",
        "≤" => "<=",
        "≥" => ">=",
        "≠" => "!=",
        _ => text,
    };
}
