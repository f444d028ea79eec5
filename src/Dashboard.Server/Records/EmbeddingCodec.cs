using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Payload of an embedding: vectors packed, metadata in the header.</summary>
internal static class EmbeddingCodec
{
    public static byte[] Encode(Matrix vectors, JsonElement? metadata, SpriteReference? sprite = null)
    {
        var width = PackedPayload.WidthOf(vectors.Values);
        return PackedPayload.Encode(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("rows"u8, vectors.Rows);
                writer.WriteNumber("columns"u8, vectors.Columns);
                writer.WriteNumber("width"u8, width);
                if (metadata is { } columns)
                {
                    writer.WritePropertyName("metadata"u8);
                    columns.WriteTo(writer);
                }
                if (sprite is not null)
                {
                    writer.WritePropertyName("sprite"u8);
                    JsonSerializer.Serialize(writer, sprite, ContractsJson.Default.SpriteReference);
                }
                writer.WriteEndObject();
            },
            (vectors.Values, width));
    }

    public static (Matrix Vectors, IReadOnlyDictionary<string, JsonElement> Metadata, SpriteReference? Sprite) Decode(byte[] payload) => PackedPayload.Guard(() =>
    {
        var header = PackedPayload.Decode(payload, out var arrays);
        var (rows, columns) = (header.GetProperty("rows"u8).GetInt32(), header.GetProperty("columns"u8).GetInt32());
        var values = PackedPayload.Take(ref arrays, checked(rows * columns), header.GetProperty("width"u8).GetInt32());
        var metadata = new Dictionary<string, JsonElement>();
        if (header.TryGetProperty("metadata"u8, out var stored))
        {
            foreach (var column in stored.EnumerateObject())
                metadata[column.Name] = column.Value;
        }
        var sprite = header.TryGetProperty("sprite"u8, out var picture) ? picture.Deserialize(ContractsJson.Default.SpriteReference) : null;
        return (new Matrix(rows, columns, values), metadata, sprite);
    });
}
