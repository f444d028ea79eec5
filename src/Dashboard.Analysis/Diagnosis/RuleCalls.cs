namespace Dashboard.Analysis;

/// <summary>The functions of expressions.</summary>
internal static class RuleCalls
{
    public const string Known = "min, max, abs, log10, ramp, known, stop_step, stop_best, stop_value, stop_checks";

    public static RuleNode Of(RuleToken name, List<RuleNode> arguments, RuleScope scope) => name.Text switch
    {
        "min" => Folded(name, arguments, Math.Min),
        "max" => Folded(name, arguments, Math.Max),
        "abs" => Single(name, arguments, Math.Abs),
        "log10" => Single(name, arguments, value => value > 0 ? Math.Log10(value) : double.NaN),
        "known" => Single(name, arguments, value => double.IsNaN(value) ? 0 : 1),
        "ramp" => Ramp(name, arguments),
        "stop_step" => Ask(name, arguments, RuleFunction.StopStep, scope),
        "stop_best" => Ask(name, arguments, RuleFunction.StopBest, scope),
        "stop_value" => Ask(name, arguments, RuleFunction.StopValue, scope),
        "stop_checks" => Ask(name, arguments, RuleFunction.StopChecks, scope),
        _ => throw new RuleSyntaxException($"There is no function '{name.Text}'; there are {Known}.", name.At),
    };

    private static RuleNode Folded(RuleToken name, List<RuleNode> arguments, Func<double, double, double> apply)
    {
        if (arguments.Count < 2)
            throw new RuleSyntaxException($"{name.Text} takes two values or more.", name.At);
        return arguments.Skip(1).Aggregate(arguments[0], (left, right) => new RuleNode.Binary(apply, left, right));
    }

    private static RuleNode.Unary Single(RuleToken name, List<RuleNode> arguments, Func<double, double> apply)
    {
        Count(name, arguments, 1, "a value");
        return new RuleNode.Unary(apply, arguments[0]);
    }

    private static RuleNode.Ramp Ramp(RuleToken name, List<RuleNode> arguments)
    {
        Count(name, arguments, 3, "a value, where it is 0 and where it is 1");
        return new RuleNode.Ramp(arguments[0], arguments[1], arguments[2]);
    }

    private static RuleNode.Ask Ask(RuleToken name, List<RuleNode> arguments, RuleFunction function, RuleScope scope)
    {
        Count(name, arguments, 3, "patience, min_delta and a limit");
        return scope is RuleScope.Curve or RuleScope.Pair
            ? new RuleNode.Ask(function, [.. arguments])
            : throw new RuleSyntaxException($"{name.Text} is for rules about a curve or a pair.", name.At);
    }

    private static void Count(RuleToken name, List<RuleNode> arguments, int count, string what)
    {
        if (arguments.Count != count)
            throw new RuleSyntaxException($"{name.Text} takes {what}: {count} in all, not {arguments.Count}.", name.At);
    }
}
