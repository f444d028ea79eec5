namespace Dashboard.Analysis;

/// <summary>One fault of a rule set.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of what is wrong, such as <c>/rules/3/when</c>.</param>
/// <param name="Message">What is wrong and the way out.</param>
/// <param name="At">Where in an expression or a sentence it lies, counted in characters from 0; null elsewhere.</param>
public sealed record RuleFault(string Pointer, string Message, int? At = null);
