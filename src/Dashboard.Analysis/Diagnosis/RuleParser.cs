using System.Globalization;

namespace Dashboard.Analysis;

/// <summary>Parses an expression by recursive descent; what recurses is capped.</summary>
internal sealed class RuleParser(List<RuleToken> tokens, RuleScopeNames names)
{
    // Far more than a person writes, and little enough for the stack and for a reading that evaluates it for every curve.
    private const int MostNodes = 300, Deepest = 40;

    private int _at;
    private int _nodes;
    private int _depth;

    private RuleToken Current => tokens[_at];

    public RuleNode Whole()
    {
        if (Current.IsEnd)
            throw new RuleSyntaxException("The expression is empty: write a condition, such as fall < 0.1.", 0);
        var node = Any();
        return Current.IsEnd ? node : throw Unexpected("an operator or the end");
    }

    private RuleNode Any()
    {
        Enter();
        var node = All();
        while (TryTake("or"))
            node = Counted(new RuleNode.Logic(false, node, All()));
        _depth--;
        return node;
    }

    private RuleNode All()
    {
        var node = Not();
        while (TryTake("and"))
            node = Counted(new RuleNode.Logic(true, node, Not()));
        return node;
    }

    private RuleNode Not()
    {
        if (!TryTake("not"))
            return Comparison();
        Enter();
        var inner = Not();
        _depth--;
        return Counted(new RuleNode.Unary(value => RuleNode.IsTrue(value) ? 0 : 1, inner));
    }

    private RuleNode Comparison()
    {
        var left = Sum();
        Func<double, double, double>? apply = Current.Text switch
        {
            "<" => (a, b) => a < b ? 1 : 0,
            "<=" => (a, b) => a <= b ? 1 : 0,
            ">" => (a, b) => a > b ? 1 : 0,
            ">=" => (a, b) => a >= b ? 1 : 0,
            "=" => (a, b) => a == b ? 1 : 0,
            // Like every comparison, false where either side is unknown.
            "!=" => (a, b) => a < b || a > b ? 1 : 0,
            _ => null,
        };
        if (apply is null)
            return left;
        _at++;
        var node = Counted(new RuleNode.Binary(apply, left, Sum()));
        if (Current.Text is "<" or "<=" or ">" or ">=" or "=" or "!=")
            throw new RuleSyntaxException("Comparisons do not chain: write 1 < x and x < 2.", Current.At);
        return node;
    }

    private RuleNode Sum()
    {
        var node = Product();
        while (true)
        {
            if (TryTake("+"))
                node = Counted(new RuleNode.Binary((a, b) => a + b, node, Product()));
            else if (TryTake("-"))
                node = Counted(new RuleNode.Binary((a, b) => a - b, node, Product()));
            else
                return node;
        }
    }

    private RuleNode Product()
    {
        var node = Unary();
        while (true)
        {
            if (TryTake("*"))
                node = Counted(new RuleNode.Binary((a, b) => a * b, node, Unary()));
            else if (TryTake("/"))
                node = Counted(new RuleNode.Binary((a, b) => a / b, node, Unary()));
            else
                return node;
        }
    }

    private RuleNode Unary()
    {
        if (!TryTake("-"))
            return Primary();
        Enter();
        var inner = Unary();
        _depth--;
        return Counted(new RuleNode.Unary(value => -value, inner));
    }

    private RuleNode Primary()
    {
        var token = Current;
        if (TryTake("("))
        {
            var inner = Any();
            Take(")", "')'");
            return inner;
        }
        if (token.IsNumber)
        {
            _at++;
            return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? Counted(new RuleNode.Number(number))
                : throw new RuleSyntaxException($"'{token.Text}' is not a number.", token.At);
        }
        if (!token.IsName || token.Text is "and" or "or" or "not")
            throw Unexpected("a name, a number or '('");
        _at++;
        return TryTake("(") ? Call(token) : Named(token);
    }

    private RuleNode Named(RuleToken token)
    {
        if (names.TryParameter(token.Text, out var value))
            return Counted(new RuleNode.Number(value));
        if (names.TryFeature(token.Text, out var place))
            return Counted(new RuleNode.Feature(place));
        throw new RuleSyntaxException($"'{token.Text}' is neither a feature of this scope nor a parameter of the rule.{names.Suggestion(token.Text)}", token.At);
    }

    private RuleNode Call(RuleToken name)
    {
        var arguments = new List<RuleNode>();
        do
            arguments.Add(Any());
        while (TryTake(","));
        Take(")", "',' or ')'");
        return Counted(RuleCalls.Of(name, arguments, names.Scope));
    }

    private void Take(string sign, string expected)
    {
        if (!TryTake(sign))
            throw Unexpected(expected);
    }

    private bool TryTake(string text)
    {
        if (Current.Text != text || Current.IsEnd)
            return false;
        _at++;
        return true;
    }

    private void Enter()
    {
        if (++_depth > Deepest)
            throw new RuleSyntaxException($"The expression is nested more than {Deepest} deep; split it into several rules.", Current.At);
    }

    private RuleNode Counted(RuleNode node) =>
        ++_nodes <= MostNodes ? node : throw new RuleSyntaxException($"The expression has more than {MostNodes} parts; split it into several rules.", Current.At);

    private RuleSyntaxException Unexpected(string expected) =>
        new(Current.IsEnd ? $"The expression ends where {expected} should follow." : $"'{Current.Text}' stands where {expected} should.", Current.At);
}
