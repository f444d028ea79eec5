namespace Dashboard.Server;

/// <summary>What a token of a query is.</summary>
internal enum QueryTokenKind
{
    /// <summary>Anything without blanks, quotes, brackets, commas and operators: a name, a number, a keyword, plain text.</summary>
    Word,
    /// <summary>Text in quotes; <see cref="QueryToken.Text"/> is without them.</summary>
    Text,
    /// <summary>One of <c>= != &lt; &lt;= &gt; &gt;= ~</c>.</summary>
    Operator,
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Comma,
    End,
}
