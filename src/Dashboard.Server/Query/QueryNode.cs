using System.Text.RegularExpressions;

namespace Dashboard.Server;

/// <summary>A condition on runs, as it was parsed.</summary>
internal abstract record QueryNode
{
    /// <summary>All of them; two at least.</summary>
    public sealed record And(IReadOnlyList<QueryNode> Terms) : QueryNode;

    /// <summary>Any of them; two at least.</summary>
    public sealed record Or(IReadOnlyList<QueryNode> Terms) : QueryNode;

    /// <summary>The opposite.</summary>
    public sealed record Not(QueryNode Term) : QueryNode;

    /// <summary>Name, group or a tag holds the text, case ignored.</summary>
    public sealed record Find(string Text) : QueryNode;

    /// <summary>The run has the value, or for a configuration anything below the path.</summary>
    public sealed record Has(ValuePath Path) : QueryNode;

    /// <summary>A value compared with a literal.</summary>
    public sealed record Compare(ValuePath Path, QueryOperator Operator, QueryLiteral Literal) : QueryNode;

    /// <summary>A value compared with another of the same run.</summary>
    public sealed record ComparePaths(ValuePath Path, QueryOperator Operator, ValuePath Other) : QueryNode;

    /// <summary>A value's text matches a regular expression somewhere, case ignored.</summary>
    public sealed record Match(ValuePath Path, string Pattern, Regex Expression) : QueryNode;

    /// <summary>A value equals one of the literals.</summary>
    public sealed record In(ValuePath Path, IReadOnlyList<QueryLiteral> Literals) : QueryNode;
}
