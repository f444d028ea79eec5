namespace Dashboard.Analysis;

/// <summary>An expression or a sentence that cannot be read, with the place.</summary>
internal sealed class RuleSyntaxException(string message, int at) : Exception(message)
{
    public int At { get; } = at;
}
