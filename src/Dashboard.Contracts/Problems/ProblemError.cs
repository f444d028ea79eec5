using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>One fault of a request.</summary>
/// <param name="Pointer">JSON pointer into the body (<c>/events/3/value</c>), or <c>/query/…</c> for a query parameter and <c>/headers/…</c> for a header.</param>
/// <param name="Code">Stable name in snake_case.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ProblemError(string Pointer, string Code, string Message)
{
    /// <summary>Where in the text it is, in UTF-16 units from 0; absent where the fault is not in a text with a grammar.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Position { get; init; }
    /// <summary>UTF-16 units that are at fault, 0 at the end of the text; absent where <see cref="Position"/> is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Length { get; init; }
}
