using System.Buffers.Binary;
using System.Text.Json;

namespace Dashboard.Tensors;

/// <summary>Makes the first bytes of a safetensors file; the tensors' bytes follow in the order given, without gaps.</summary>
public static class SafetensorsHeader
{
    // What follows begins at a multiple of eight, so that a reader may map it.
    private const int Alignment = 8;

    /// <summary>The bytes before the tensors.</summary>
    /// <param name="tensors">Name, element type and shape of each; float32 and float64.</param>
    /// <param name="metadata">Texts by name; null for none.</param>
    public static byte[] Make(IReadOnlyList<(string Name, TensorType Type, IReadOnlyList<long> Shape)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                writer.WriteStartObject("__metadata__"u8);
                foreach (var (key, value) in metadata) writer.WriteString(key, value);
                writer.WriteEndObject();
            }
            var offset = 0L;
            foreach (var (name, type, shape) in tensors)
            {
                writer.WriteStartObject(name);
                writer.WriteString("dtype"u8, type switch
                {
                    TensorType.Float32 => "F32",
                    TensorType.Float64 => "F64",
                    _ => throw new ArgumentException($"Tensors of {type} are not written here.", nameof(tensors)),
                });
                writer.WriteStartArray("shape"u8);
                foreach (var size in shape) writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets"u8);
                writer.WriteNumberValue(offset);
                offset += shape.Aggregate((long)TensorData.SizeOf(type), (product, size) => checked(product * size));
                writer.WriteNumberValue(offset);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        while (text.Length % Alignment != 0) text.WriteByte((byte)' ');
        var header = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt64LittleEndian(header, text.Length);
        text.GetBuffer().AsSpan(0, (int)text.Length).CopyTo(header.AsSpan(8));
        return header;
    }
}
