namespace Dashboard.Server;

/// <summary>Where something stands in a query, in UTF-16 units.</summary>
internal readonly record struct QuerySpan(int Position, int Length)
{
    public int End => Position + Length;

    /// <summary>From the beginning of this to the end of another.</summary>
    public QuerySpan To(QuerySpan last) => new(Position, last.End - Position);
}
