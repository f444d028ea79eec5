using System.Buffers;
using System.Text.Json;

namespace Dashboard.Faults.Tests;

/// <summary>Writes a batch as the JSON form of <c>POST /api/v1/events</c>.</summary>
internal static class JsonBody
{
    public static byte[] Write(Batch batch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("project", batch.Project);
        json.WriteString("run", batch.Run);
        json.WriteStartArray("events");
        foreach (var (tag, points) in batch.Scalars)
            Write(json, tag, points);
        foreach (var histogram in batch.Histograms)
        {
            json.WriteStartObject();
            json.WriteString("type", "histogram");
            json.WriteString("tag", histogram.Tag);
            json.WriteNumber("step", histogram.Step);
            WriteNumbers(json, "edges", histogram.Edges);
            WriteNumbers(json, "counts", histogram.Counts);
            json.WriteEndObject();
        }
        foreach (var note in batch.Notes)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("tag", note.Tag);
            json.WriteNumber("step", note.Step);
            json.WriteString("text", note.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // A single point goes in the form for one, so that both forms are used.
    private static void Write(Utf8JsonWriter json, string tag, Point[] points)
    {
        json.WriteStartObject();
        json.WriteString("type", points.Length == 1 ? "scalar" : "scalars");
        json.WriteString("tag", tag);
        if (points.Length == 1)
        {
            json.WriteNumber("step", points[0].Step);
            json.WritePropertyName("value");
            Write(json, points[0].Value);
            json.WriteNumber("wall_time", points[0].WallTime);
        }
        else
        {
            json.WriteStartArray("steps");
            foreach (var point in points)
                json.WriteNumberValue(point.Step);
            json.WriteEndArray();
            WriteNumbers(json, "values", points.Select(point => point.Value));
            WriteNumbers(json, "wall_times", points.Select(point => point.WallTime));
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            Write(json, number);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }
}
