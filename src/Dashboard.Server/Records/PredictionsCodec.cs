namespace Dashboard.Server;

/// <summary>Payload of predictions: scores and losses packed, labels and ids in the header.</summary>
internal static class PredictionsCodec
{
    public static byte[] Encode(Predictions predictions)
    {
        var scores = predictions.Scores;
        var losses = predictions.Losses ?? [];
        var (scoreWidth, lossWidth) = (PackedPayload.WidthOf(scores.Values), PackedPayload.WidthOf(losses));
        return PackedPayload.Encode(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("rows"u8, scores.Rows);
                writer.WriteNumber("columns"u8, scores.Columns);
                writer.WriteNumber("width"u8, scoreWidth);
                if (predictions.Losses is not null)
                    writer.WriteNumber("loss_width"u8, lossWidth);
                writer.WriteStartArray("labels"u8);
                foreach (var label in predictions.Labels)
                    writer.WriteNumberValue(label);
                writer.WriteEndArray();
                if (predictions.Ids is { } ids)
                {
                    writer.WriteStartArray("ids"u8);
                    foreach (var id in ids)
                        writer.WriteStringValue(id);
                    writer.WriteEndArray();
                }
                writer.WriteEndObject();
            },
            (scores.Values, scoreWidth),
            (losses, lossWidth));
    }

    public static Predictions Decode(byte[] payload)
    {
        var header = PackedPayload.Decode(payload, out var arrays);
        var (rows, columns) = (header.GetProperty("rows"u8).GetInt32(), header.GetProperty("columns"u8).GetInt32());
        var scores = PackedPayload.Take(ref arrays, rows * columns, header.GetProperty("width"u8).GetInt32());
        var losses = header.TryGetProperty("loss_width"u8, out var lossWidth) ? PackedPayload.Take(ref arrays, rows, lossWidth.GetInt32()) : null;
        var labels = header.GetProperty("labels"u8).EnumerateArray().Select(label => label.GetInt64()).ToArray();
        var ids = header.TryGetProperty("ids"u8, out var stored) ? stored.EnumerateArray().Select(id => id.GetString()!).ToArray() : null;
        return new Predictions(labels, new Matrix(rows, columns, scores), losses, ids);
    }
}
