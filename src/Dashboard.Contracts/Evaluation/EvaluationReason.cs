using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Why something of an evaluation is null, missing or cut.</summary>
/// <param name="Field">What it is about: <c>auc</c>, <c>precision.per_class</c>, <c>calibration</c>, …</param>
/// <param name="Code">Stable name of the reason.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="Classes">Classes it holds for, the first hundred; absent where it is not about classes.</param>
public sealed record EvaluationReason(
    string Field, string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<int>? Classes = null);
