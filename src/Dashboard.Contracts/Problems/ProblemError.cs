namespace Dashboard.Contracts;

/// <summary>One fault of a request.</summary>
/// <param name="Pointer">JSON pointer into the body (<c>/events/3/value</c>), or <c>/query/…</c> for a query parameter and <c>/headers/…</c> for a header.</param>
/// <param name="Code">Stable name in snake_case.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ProblemError(string Pointer, string Code, string Message);
