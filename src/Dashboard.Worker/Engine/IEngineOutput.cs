using System.Text.Json;

namespace Dashboard.Worker;

/// <summary>What a computation says while it runs. Called from any thread.</summary>
internal interface IEngineOutput
{
    /// <summary>A part of the result is there.</summary>
    void Part(string stage, int index, JsonElement data);

    /// <summary>Rows that belong to the result.</summary>
    void Block(EngineBlock block);

    /// <summary>Something has been computed; may be called often.</summary>
    void Progress(double share, string text, double? secondsLeft);

    /// <summary>Something a person should know.</summary>
    void Note(string text);
}
