using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Payload of predictions: scores, losses and targets packed, labels and texts in the header.</summary>
internal static class PredictionsCodec
{
    public static byte[] Encode(Predictions predictions)
    {
        var scores = predictions.Scores;
        var losses = predictions.Losses ?? [];
        var targets = predictions.Targets?.Values ?? [];
        var (scoreWidth, lossWidth, targetWidth) = (PackedPayload.WidthOf(scores.Values), PackedPayload.WidthOf(losses), PackedPayload.WidthOf(targets));
        return PackedPayload.Encode(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("rows"u8, scores.Rows);
                writer.WriteNumber("columns"u8, scores.Columns);
                writer.WriteNumber("width"u8, scoreWidth);
                if (predictions.Losses is not null)
                    writer.WriteNumber("loss_width"u8, lossWidth);
                if (predictions.Targets is not null)
                    writer.WriteNumber("target_width"u8, targetWidth);
                if (predictions.Labels is { } labels)
                {
                    writer.WriteStartArray("labels"u8);
                    foreach (var label in labels)
                        writer.WriteNumberValue(label);
                    writer.WriteEndArray();
                }
                WriteTexts(writer, "ids", predictions.Ids);
                WriteTexts(writer, "classes", predictions.Classes);
                if (predictions.Sprite is { } sprite)
                {
                    writer.WritePropertyName("sprite"u8);
                    JsonSerializer.Serialize(writer, sprite, ContractsJson.Default.SpriteReference);
                }
                writer.WriteEndObject();
            },
            (scores.Values, scoreWidth),
            (losses, lossWidth),
            (targets, targetWidth));
    }

    public static Predictions Decode(byte[] payload) => PackedPayload.Guard(() =>
    {
        var header = PackedPayload.Decode(payload, out var arrays);
        var (rows, columns) = (header.GetProperty("rows"u8).GetInt32(), header.GetProperty("columns"u8).GetInt32());
        var scores = PackedPayload.Take(ref arrays, checked(rows * columns), header.GetProperty("width"u8).GetInt32());
        var losses = header.TryGetProperty("loss_width"u8, out var lossWidth) ? PackedPayload.Take(ref arrays, rows, lossWidth.GetInt32()) : null;
        var targets = header.TryGetProperty("target_width"u8, out var targetWidth) ? PackedPayload.Take(ref arrays, checked(rows * columns), targetWidth.GetInt32()) : null;
        var labels = header.TryGetProperty("labels"u8, out var stored) ? stored.EnumerateArray().Select(label => label.GetInt64()).ToArray() : null;
        return new Predictions(labels, targets is null ? null : new Matrix(rows, columns, targets), new Matrix(rows, columns, scores), losses, ReadTexts(header, "ids"))
        {
            Classes = ReadTexts(header, "classes"),
            Sprite = header.TryGetProperty("sprite"u8, out var picture) ? picture.Deserialize(ContractsJson.Default.SpriteReference) : null,
        };
    });

    private static void WriteTexts(Utf8JsonWriter writer, string name, string[]? texts)
    {
        if (texts is null)
            return;
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static string[]? ReadTexts(JsonElement header, string name) =>
        header.TryGetProperty(name, out var stored) ? stored.EnumerateArray().Select(text => text.GetString()!).ToArray() : null;
}
