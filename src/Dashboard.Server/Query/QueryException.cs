namespace Dashboard.Server;

/// <summary>A query that cannot be run: what is wrong, where, and the way out.</summary>
internal sealed class QueryException(string code, string message, QuerySpan span) : Exception(message)
{
    /// <summary>Stable name in snake_case.</summary>
    public string Code { get; } = code;

    /// <summary>What is at fault; of length 0 at the end of the text.</summary>
    public QuerySpan Span { get; } = span;

    /// <summary>The query passes a cap.</summary>
    public static QueryException TooComplex(string message, QuerySpan span) => new("query_too_complex", message, span);
}
