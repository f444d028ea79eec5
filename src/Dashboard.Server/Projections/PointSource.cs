using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Where the metadata of vectors are: columns at hand, or a file.</summary>
/// <param name="Columns">Columns that were logged with the vectors; null for a file, or for none.</param>
/// <param name="File">Path and name of the file; null for none.</param>
/// <param name="Sprite">Thumbnails, or null.</param>
internal sealed record PointSource(IReadOnlyDictionary<string, JsonElement>? Columns = null, (string Path, string Name)? File = null, SpriteReference? Sprite = null);
