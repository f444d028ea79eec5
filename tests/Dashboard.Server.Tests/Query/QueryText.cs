using System.Globalization;

namespace Dashboard.Server.Tests;

/// <summary>Writes a parsed query back as text, with every bracket that the grammar needs and no other.</summary>
internal static class QueryText
{
    public static string Of(QueryNode? node) => node switch
    {
        null => "",
        QueryNode.Or or => string.Join(" or ", or.Terms.Select(term => Within(term, term is QueryNode.Or))),
        QueryNode.And and => string.Join(" and ", and.Terms.Select(term => Within(term, term is QueryNode.Or or QueryNode.And))),
        QueryNode.Not not => "not " + Within(not.Term, not.Term is QueryNode.Or or QueryNode.And),
        QueryNode.Find find => ValuePath.Quote(find.Text),
        QueryNode.Has has => $"has({has.Path})",
        QueryNode.Compare compare => $"{compare.Path} {Sign(compare.Operator)} {Of(compare.Literal)}",
        QueryNode.ComparePaths paths => $"{paths.Path} {Sign(paths.Operator)} {paths.Other}",
        QueryNode.Match match => $"{match.Path} ~ {ValuePath.Quote(match.Pattern)}",
        QueryNode.In within => $"{within.Path} in ({string.Join(", ", within.Literals.Select(Of))})",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static string Within(QueryNode term, bool needsBrackets) => needsBrackets ? $"({Of(term)})" : Of(term);

    private static string Of(QueryLiteral literal)
    {
        if (literal.FromNow is { } offset)
            return offset == 0 ? "now" : string.Create(CultureInfo.InvariantCulture, $"now {(offset < 0 ? '-' : '+')} {Math.Abs(offset)}s");
        return literal.IsQuoted ? ValuePath.Quote(literal.Text) : literal.Text;
    }

    private static string Sign(QueryOperator comparison) => comparison switch
    {
        QueryOperator.Equal => "=",
        QueryOperator.NotEqual => "!=",
        QueryOperator.Less => "<",
        QueryOperator.AtMost => "<=",
        QueryOperator.Greater => ">",
        _ => ">=",
    };
}
