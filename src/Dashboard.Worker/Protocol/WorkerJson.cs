using System.Text.Json.Serialization;

namespace Dashboard.Worker;

/// <summary>Serialization of what passes between worker and engine; as on the wire, NaN and infinities are text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngineMessage))]
[JsonSerializable(typeof(LandscapeSummary))]
[JsonSerializable(typeof(Dictionary<string, long[]>))]
internal sealed partial class WorkerJson : JsonSerializerContext;
