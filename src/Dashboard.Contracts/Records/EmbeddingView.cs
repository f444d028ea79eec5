using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>One stored embedding.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tag">The series.</param>
/// <param name="Step">Training step.</param>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Vectors">One row a sample.</param>
/// <param name="Metadata">Columns by name, one entry a sample.</param>
/// <param name="Sprite">Thumbnails of the samples, an artifact of the run; null for none.</param>
public sealed record EmbeddingView(
    string RunId, string Tag, long Step, double WallTime, double[][] Vectors, IReadOnlyDictionary<string, JsonElement> Metadata, SpriteReference? Sprite = null);
