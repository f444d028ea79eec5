using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>
/// What was logged beside scalars, as fields of a JSON object under the names that ingest has for them. Arrays of numbers are <c>{"type","shape","data"}</c>: little-endian
/// float32 or float64 in base64, so that every bit comes back. Bytes that the fields would not give again are kept as they are, under <c>payload</c>.
/// </summary>
internal static class RecordText
{
    private const string Payload = "payload";

    // Names no id: for looking whether fields give the same bytes again.
    private static readonly ArchiveIds None = new();

    public static void Write(Utf8JsonWriter json, RecordKind kind, StoredRecord record, ArchiveIds ids)
    {
        json.WriteNumber("step", record.Step);
        json.WriteNumber("wall_time", record.WallTime);
        if (IsPlain(kind, record.Payload!))
            Fields(json, kind, record.Payload!, ids);
        else
            json.WriteBase64String(Payload, record.Payload);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">It is not what this wrote, or its content is none of this kind.</exception>
    public static RecordBlock Read(RecordKind kind, string tag, JsonElement line, ArchiveIds ids)
    {
        try
        {
            var step = line.GetProperty("step").GetInt64();
            var wallTime = line.GetProperty("wall_time").GetDouble();
            var payload = line.TryGetProperty(Payload, out var bytes) ? bytes.GetBytesFromBase64() : Encode(kind, line, ids);
            // Pages must be able to read what is stored; an archive may come from anybody.
            Check(kind, payload);
            return new RecordBlock(kind, tag, step, wallTime, payload);
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException or JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"The {kind} cannot be read: {fault.Message}", fault);
        }
    }

    private static bool IsPlain(RecordKind kind, byte[] payload)
    {
        try
        {
            using var text = new MemoryStream();
            using (var json = new Utf8JsonWriter(text))
            {
                json.WriteStartObject();
                Fields(json, kind, payload, None);
                json.WriteEndObject();
            }
            using var document = JsonDocument.Parse(text.GetBuffer().AsMemory(0, (int)text.Length));
            return Encode(kind, document.RootElement, None).AsSpan().SequenceEqual(payload);
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException or JsonException or InvalidDataException)
        {
            return false;
        }
    }

    private static void Fields(Utf8JsonWriter json, RecordKind kind, byte[] payload, ArchiveIds ids)
    {
        switch (kind)
        {
            case RecordKind.Histogram:
                var histogram = HistogramCodec.Decode(payload);
                Numbers(json, "edges", histogram.Edges, histogram.Edges.Length);
                Numbers(json, "counts", histogram.Counts, histogram.Counts.Length);
                json.WriteNumber("non_finite", histogram.NonFinite);
                break;
            case RecordKind.Embedding:
                var (vectors, metadata, sprite) = EmbeddingCodec.Decode(payload);
                Numbers(json, "vectors", vectors.Values, vectors.Rows, vectors.Columns);
                if (metadata.Count > 0)
                {
                    json.WriteStartObject("metadata");
                    foreach (var (name, column) in metadata)
                    {
                        json.WritePropertyName(name);
                        column.WriteTo(json);
                    }
                    json.WriteEndObject();
                }
                Sprite(json, sprite, ids);
                break;
            case RecordKind.Text:
                json.WriteString("text", TextCodec.Decode(payload));
                break;
            case RecordKind.Predictions:
                Fields(json, PredictionsCodec.Decode(payload), ids);
                break;
            case RecordKind.Labels:
                json.WriteStartObject("counts");
                foreach (var (name, count) in LabelsCodec.Decode(payload))
                    json.WriteNumber(name, count);
                json.WriteEndObject();
                break;
            default:
                var (started, ended) = PhaseCodec.Decode(payload);
                json.WriteNumber("started", started);
                json.WriteNumber("ended", ended);
                break;
        }
    }

    private static void Fields(Utf8JsonWriter json, Predictions predictions, ArchiveIds ids)
    {
        var scores = predictions.Scores;
        if (predictions.Labels is { } labels)
        {
            json.WriteStartArray("labels");
            foreach (var label in labels)
                json.WriteNumberValue(label);
            json.WriteEndArray();
        }
        if (predictions.Targets is { } targets)
            Numbers(json, "targets", targets.Values, targets.Rows, targets.Columns);
        Numbers(json, "scores", scores.Values, scores.Rows, scores.Columns);
        if (predictions.Losses is { } losses)
            Numbers(json, "losses", losses, losses.Length);
        Texts(json, "ids", predictions.Ids);
        Texts(json, "classes", predictions.Classes);
        Sprite(json, predictions.Sprite, ids);
    }

    private static byte[] Encode(RecordKind kind, JsonElement line, ArchiveIds ids) => kind switch
    {
        RecordKind.Histogram => HistogramCodec.Encode(new Histogram(Numbers(line, "edges").Values, Numbers(line, "counts").Values, line.GetProperty("non_finite").GetInt64())),
        RecordKind.Embedding => EmbeddingCodec.Encode(
            Matrix(line, "vectors"), line.TryGetProperty("metadata", out var metadata) ? metadata : null, line.TryGetProperty("sprite", out var sprite) ? Sprite(sprite, ids) : null),
        RecordKind.Text => TextCodec.Encode(line.GetProperty("text").GetString()!),
        RecordKind.Predictions => PredictionsCodec.Encode(new Predictions(
            line.TryGetProperty("labels", out var labels) ? [.. labels.EnumerateArray().Select(label => label.GetInt64())] : null,
            line.TryGetProperty("targets", out _) ? Matrix(line, "targets") : null, Matrix(line, "scores"),
            line.TryGetProperty("losses", out _) ? Numbers(line, "losses").Values : null, Texts(line, "ids"))
        {
            Classes = Texts(line, "classes"),
            Sprite = line.TryGetProperty("sprite", out var picture) ? Sprite(picture, ids) : null,
        }),
        RecordKind.Labels => LabelsCodec.Encode(line.GetProperty("counts").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt64())),
        RecordKind.Phase => PhaseCodec.Encode(line.GetProperty("started").GetDouble(), line.GetProperty("ended").GetDouble()),
        _ => throw new InvalidDataException("The kind is not known."),
    };

    private static void Check(RecordKind kind, byte[] payload)
    {
        switch (kind)
        {
            case RecordKind.Histogram: HistogramCodec.Decode(payload); break;
            case RecordKind.Embedding: EmbeddingCodec.Decode(payload); break;
            case RecordKind.Text: TextCodec.Decode(payload); break;
            case RecordKind.Predictions: PredictionsCodec.Decode(payload); break;
            case RecordKind.Labels: LabelsCodec.Decode(payload); break;
            default: PhaseCodec.Decode(payload); break;
        }
    }

    private static void Numbers(Utf8JsonWriter json, string name, double[] values, params ReadOnlySpan<int> shape)
    {
        var width = PackedPayload.WidthOf(values);
        json.WriteStartObject(name);
        json.WriteString("type", width == sizeof(float) ? "float32" : "float64");
        json.WriteStartArray("shape");
        foreach (var size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        if (width == sizeof(double))
        {
            json.WriteBase64String("data", MemoryMarshal.AsBytes(values.AsSpan()));
        }
        else
        {
            var singles = new byte[values.Length * sizeof(float)];
            for (var at = 0; at < values.Length; at++)
                BinaryPrimitives.WriteSingleLittleEndian(singles.AsSpan(at * sizeof(float)), (float)values[at]);
            json.WriteBase64String("data", singles);
        }
        json.WriteEndObject();
    }

    private static (double[] Values, int[] Shape) Numbers(JsonElement line, string name)
    {
        var array = line.GetProperty(name);
        var shape = array.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        ReadOnlySpan<byte> data = array.GetProperty("data").GetBytesFromBase64();
        var width = array.GetProperty("type").GetString() switch { "float32" => sizeof(float), "float64" => sizeof(double), _ => throw new FormatException("Arrays are float32 or float64.") };
        if (shape.Length is not (1 or 2) || shape.Any(size => size < 0) || shape.Aggregate((long)width, (bytes, size) => checked(bytes * size)) != data.Length)
            throw new FormatException($"'{name}' has another length than its shape says.");
        return (PackedPayload.Take(ref data, data.Length / width, width), shape);
    }

    private static Matrix Matrix(JsonElement line, string name)
    {
        var (values, shape) = Numbers(line, name);
        return shape.Length == 2 ? new Matrix(shape[0], shape[1], values) : throw new FormatException($"'{name}' must have rows and columns.");
    }

    private static void Texts(Utf8JsonWriter json, string name, string[]? texts)
    {
        if (texts is null)
            return;
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string[]? Texts(JsonElement line, string name) =>
        line.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString() ?? throw new FormatException($"'{name}' must hold texts."))] : null;

    private static void Sprite(Utf8JsonWriter json, SpriteReference? sprite, ArchiveIds ids)
    {
        if (sprite is null)
            return;
        json.WritePropertyName("sprite");
        JsonSerializer.Serialize(json, sprite with { RunId = Map(sprite.RunId, ids.Outward), Id = Map(sprite.Id, ids.Outward) }, ContractsJson.Default.SpriteReference);
    }

    private static SpriteReference? Sprite(JsonElement picture, ArchiveIds ids) => picture.Deserialize(ContractsJson.Default.SpriteReference) is { } sprite
        ? sprite with { RunId = Map(sprite.RunId, ids.Inward), Id = Map(sprite.Id, ids.Inward) }
        : null;

    private static string? Map(string? id, Func<string, string> map) => id is null ? null : map(id);
}
