namespace Dashboard.Analysis;

/// <summary>A piece of an expression: a name, a number or a sign; at its end one without text.</summary>
internal readonly record struct RuleToken(string Text, int At)
{
    public bool IsEnd => Text.Length == 0;

    public bool IsName => Text.Length > 0 && (char.IsAsciiLetter(Text[0]) || Text[0] == '_');

    public bool IsNumber => Text.Length > 0 && char.IsAsciiDigit(Text[0]);
}
