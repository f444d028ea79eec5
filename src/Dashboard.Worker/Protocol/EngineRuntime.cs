namespace Dashboard.Worker;

/// <summary>What an engine computes with.</summary>
/// <param name="Engine">Library and version.</param>
/// <param name="Devices"><c>cpu</c>, then <c>cuda:0</c> and so on.</param>
/// <param name="Warning">What makes it slow, with the way out; null where nothing does.</param>
internal sealed record EngineRuntime(string Engine, IReadOnlyList<string> Devices, string? Warning);
