namespace Dashboard.Server;

/// <summary>One token of a query.</summary>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, QuerySpan Span)
{
    /// <summary>True for this keyword, case ignored.</summary>
    public bool Is(string keyword) => Kind == QueryTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
