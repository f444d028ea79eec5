using System.Text;

namespace Dashboard.Analysis;

/// <summary>A sentence with placeholders: <c>{name}</c>, <c>{feature}</c>, or <c>{feature:percent}</c>, <c>:step</c>, <c>:count</c>.</summary>
internal sealed class RuleSentence
{
    private readonly List<(string Text, Func<RuleSubject, string>? Fill)> _pieces = [];
    private readonly List<(string Name, RuleExpression Value)> _numbers = [];

    private RuleSentence()
    {
    }

    /// <exception cref="RuleSyntaxException">A placeholder names what is not there, or a brace is not closed.</exception>
    public static RuleSentence Parse(string text, RuleScopeNames names)
    {
        var sentence = new RuleSentence();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            sentence._pieces.Add((open < 0 ? text[at..] : text[at..open], null));
            if (open < 0)
                break;
            var close = text.IndexOf('}', open);
            if (close < 0)
                throw new RuleSyntaxException("This '{' is not closed.", open);
            sentence.Place(text[(open + 1)..close], open + 1, names);
            at = close + 1;
        }
        return sentence;
    }

    public string Fill(RuleSubject subject)
    {
        var text = new StringBuilder();
        foreach (var (piece, fill) in _pieces)
            text.Append(fill is null ? piece : fill(subject));
        return text.ToString();
    }

    public Dictionary<string, double> Numbers(RuleSubject subject)
    {
        var numbers = new Dictionary<string, double>();
        foreach (var (name, value) in _numbers)
            numbers[name] = value.Value(subject);
        return numbers;
    }

    private void Place(string placeholder, int at, RuleScopeNames names)
    {
        var colon = placeholder.LastIndexOf(':');
        var (name, format) = colon < 0 ? (placeholder, "number") : (placeholder[..colon], placeholder[(colon + 1)..]);
        if (RuleVocabulary.NamesOf(names.Scope).Contains(name))
        {
            _pieces.Add(("", subject => subject.Names.GetValueOrDefault(name, "?")));
            return;
        }
        Func<double, string> write = format switch
        {
            "number" => RuleNumbers.Number,
            "percent" => RuleNumbers.Percent,
            "step" or "count" => RuleNumbers.Whole,
            _ => throw new RuleSyntaxException($"'{format}' is no form: there are number, percent, step and count.", at + colon + 1),
        };
        var value = Expression(name, at, names);
        _numbers.Add((name, value));
        _pieces.Add(("", subject => write(value.Value(subject))));
    }

    private static RuleExpression Expression(string text, int at, RuleScopeNames names)
    {
        try
        {
            return RuleExpression.Parse(text, names);
        }
        catch (RuleSyntaxException fault)
        {
            throw new RuleSyntaxException(fault.Message, at + fault.At);
        }
    }
}
