using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Payload of a histogram: edges and counts packed.</summary>
internal static class HistogramCodec
{
    public static byte[] Encode(Histogram histogram)
    {
        var (edgeWidth, countWidth) = (PackedPayload.WidthOf(histogram.Edges), PackedPayload.WidthOf(histogram.Counts));
        return PackedPayload.Encode(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("bins"u8, histogram.Counts.Length);
                writer.WriteNumber("edge_width"u8, edgeWidth);
                writer.WriteNumber("count_width"u8, countWidth);
                if (histogram.NonFinite > 0)
                    writer.WriteNumber("non_finite"u8, histogram.NonFinite);
                writer.WriteEndObject();
            },
            (histogram.Edges, edgeWidth),
            (histogram.Counts, countWidth));
    }

    public static Histogram Decode(byte[] payload) => PackedPayload.Guard(() =>
    {
        var header = PackedPayload.Decode(payload, out var arrays);
        var bins = header.GetProperty("bins"u8).GetInt32();
        var edges = PackedPayload.Take(ref arrays, bins + 1, header.GetProperty("edge_width"u8).GetInt32());
        var counts = PackedPayload.Take(ref arrays, bins, header.GetProperty("count_width"u8).GetInt32());
        return new Histogram(edges, counts, header.TryGetProperty("non_finite"u8, out JsonElement count) ? count.GetInt64() : 0);
    });
}
