using System.Buffers;
using System.Text.Json;

namespace Dashboard.Client;

/// <summary>Scalars of several tags as one request body.</summary>
internal static class ScalarsBody
{
    public const string ContentType = "application/json";

    public static byte[] Write(string project, string run, IReadOnlyList<TagColumn> columns)
    {
        var buffer = new ArrayBufferWriter<byte>(columns.Sum(column => column.Count * 40 + 100) + 256);
        using var writer = new Utf8JsonWriter(buffer, Json.Writer);
        writer.WriteStartObject();
        writer.WriteString("project", project);
        writer.WriteString("run", run);
        writer.WriteStartArray("events");
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "scalars");
            writer.WriteString("tag", column.Tag);
            writer.WriteStartArray("steps");
            foreach (var step in column.Steps)
                writer.WriteNumberValue(step);
            writer.WriteEndArray();
            writer.WriteStartArray("values");
            foreach (var value in column.Values)
                Json.WriteValue(writer, value);
            writer.WriteEndArray();
            writer.WriteStartArray("wall_times");
            foreach (var time in column.WallTimes)
                Json.WriteValue(writer, time);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
