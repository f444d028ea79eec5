namespace Dashboard.Analysis;

/// <summary>An expression of a rule, read once and evaluated often.</summary>
/// <remarks>
/// <code>
/// any     = all { "or" all }
/// all     = not { "and" not }
/// not     = "not" not | sum [ ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "=" | "!=" ) sum ]
/// sum     = product { ( "+" | "-" ) product }
/// product = unary { ( "*" | "/" ) unary }
/// unary   = "-" unary | number | name | name "(" any { "," any } ")" | "(" any ")"
/// </code>
/// It cannot do anything but compute: no loops, no assignment, no access to anything but the features of its scope and the rule's parameters.
/// </remarks>
internal sealed class RuleExpression
{
    /// <summary>Longest text of an expression.</summary>
    public const int MostCharacters = 2_000;

    private readonly RuleNode _root;

    private RuleExpression(string text, RuleNode root)
    {
        Text = text;
        _root = root;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <exception cref="RuleSyntaxException">It is no expression, names what is not there, or passes a cap.</exception>
    public static RuleExpression Parse(string text, RuleScopeNames names)
    {
        if (text.Length > MostCharacters)
            throw new RuleSyntaxException($"An expression has {MostCharacters} characters at most; this one has {text.Length}.", MostCharacters);
        return new RuleExpression(text, new RuleParser(RuleLexer.Read(text), names).Whole());
    }

    public double Value(RuleSubject subject) => _root.Value(subject);

    public bool IsTrue(RuleSubject subject) => RuleNode.IsTrue(_root.Value(subject));
}
