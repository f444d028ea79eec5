using System.Text.Json;

namespace Dashboard.Worker;

/// <summary>A kind of job.</summary>
internal interface IEngineJob
{
    /// <summary>Computes it on the calling thread.</summary>
    /// <returns>What goes into <see cref="EngineMessage.Result"/>.</returns>
    JsonElement Run();
}
