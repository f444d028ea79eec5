namespace Dashboard.Server;

/// <summary>Turns a condition into a function over the rows of one request.</summary>
internal sealed class QueryCompiler(IValueSource source, double now)
{
    /// <summary>The condition as a function of a row's number.</summary>
    public Func<int, bool> Compile(QueryNode node)
    {
        switch (node)
        {
            case QueryNode.And and:
                var all = and.Terms.Select(Compile).ToArray();
                return row => Array.TrueForAll(all, term => term(row));
            case QueryNode.Or or:
                var any = or.Terms.Select(Compile).ToArray();
                return row => Array.Exists(any, term => term(row));
            case QueryNode.Not not:
                var opposite = Compile(not.Term);
                return row => !opposite(row);
            case QueryNode.Find find:
                return Find(find.Text);
            case QueryNode.Has has:
                return source.BindHas(has.Path);
            case QueryNode.ComparePaths paths:
                var (left, right) = (source.Bind(paths.Path), source.Bind(paths.Other));
                return row => ValueComparison.Holds(left(row), paths.Operator, right(row));
            case QueryNode.Compare compare when compare.Path.Field == RunField.Tags:
                var isEqual = compare.Operator == QueryOperator.Equal;
                var tags = source.Bind(compare.Path);
                return row => Holds(tags(row).List, compare.Literal.Text) == isEqual;
            case QueryNode.Compare compare:
                var value = source.Bind(compare.Path);
                return row => ValueComparison.Holds(value(row), compare.Operator, compare.Literal, now);
            case QueryNode.Match match:
                return Match(match);
            case QueryNode.In within:
                return In(within);
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node, null);
        }
    }

    /// <summary>The values that a condition reads.</summary>
    public static IEnumerable<ValuePath> PathsOf(QueryNode? node) => node switch
    {
        QueryNode.And and => and.Terms.SelectMany(PathsOf),
        QueryNode.Or or => or.Terms.SelectMany(PathsOf),
        QueryNode.Not not => PathsOf(not.Term),
        QueryNode.Has has => [has.Path],
        QueryNode.ComparePaths paths => [paths.Path, paths.Other],
        QueryNode.Compare compare => [compare.Path],
        QueryNode.Match match => [match.Path],
        QueryNode.In within => [within.Path],
        _ => [],
    };

    private Func<int, bool> Find(string text)
    {
        var name = source.Bind(new ValuePath(RunField.Name));
        var group = source.Bind(new ValuePath(RunField.Group));
        var tags = source.Bind(new ValuePath(RunField.Tags));
        return row => Contains(name(row).Text) || Contains(group(row).Text) || Any(tags(row).List);

        bool Contains(string? held) => held is not null && held.Contains(text, StringComparison.OrdinalIgnoreCase);

        bool Any(IReadOnlyList<string> list)
        {
            foreach (var tag in list)
            {
                if (Contains(tag))
                    return true;
            }
            return false;
        }
    }

    private Func<int, bool> Match(QueryNode.Match match)
    {
        var value = source.Bind(match.Path);
        var expression = match.Expression;
        if (match.Path.Field == RunField.Tags)
            return row => value(row).List.Any(tag => expression.IsMatch(tag));
        return row => value(row).AsText() is { } text && expression.IsMatch(text);
    }

    private Func<int, bool> In(QueryNode.In within)
    {
        var value = source.Bind(within.Path);
        var literals = within.Literals;
        if (within.Path.Field == RunField.Tags)
            return row => literals.Any(literal => Holds(value(row).List, literal.Text));
        return row =>
        {
            var held = value(row);
            foreach (var literal in literals)
            {
                if (ValueComparison.Holds(held, QueryOperator.Equal, literal, now))
                    return true;
            }
            return false;
        };
    }

    private static bool Holds(IReadOnlyList<string> tags, string text)
    {
        foreach (var tag in tags)
        {
            if (tag == text)
                return true;
        }
        return false;
    }
}
