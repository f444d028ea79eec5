using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Vectors of equal length, with columns that describe them.</summary>
public sealed record EmbeddingEvent : IngestEvent
{
    /// <summary>Series name.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>One row a sample.</summary>
    public required double[][] Vectors { get; init; }
    /// <summary>Columns by name, each an array with one text, number, boolean or null a sample.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }
    /// <summary>Thumbnails of the samples: an image artifact of the same run, and the size of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpriteReference? Sprite { get; init; }
}
