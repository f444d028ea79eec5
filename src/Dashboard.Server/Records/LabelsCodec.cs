using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Payload of label counts: a JSON object of class names and counts.</summary>
internal static class LabelsCodec
{
    public static byte[] Encode(IReadOnlyDictionary<string, long> counts)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach (var (name, count) in counts)
                writer.WriteNumber(name, count);
            writer.WriteEndObject();
        }
        return text.ToArray();
    }

    public static IReadOnlyDictionary<string, long> Decode(byte[] payload) => PackedPayload.Guard<IReadOnlyDictionary<string, long>>(() =>
    {
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt64());
    });
}
