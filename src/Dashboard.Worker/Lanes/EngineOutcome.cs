using System.Text.Json;

namespace Dashboard.Worker;

/// <summary>How an engine's task ended: with a result, with an error, or stopped from outside (neither).</summary>
internal sealed record EngineOutcome(JsonElement? Result = null, string? Code = null, string? Error = null);
