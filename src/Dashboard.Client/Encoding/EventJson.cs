using System.Buffers;
using System.Text.Json;

namespace Dashboard.Client;

/// <summary>Writes the events that are not scalars as the JSON objects of the ingest contract.</summary>
internal static class EventJson
{
    /// <summary>The server's limit, checked here because one text beyond it would have its whole batch refused.</summary>
    private const int MaxTextBytes = 1 << 20;

    public static byte[] Histogram(string tag, ReadOnlySpan<float> values, long step, double wallTime)
    {
        var (edges, counts) = HistogramBins.Count(values) ?? throw new ArgumentException("none of the values is finite");
        return Counts(tag, edges, counts, step, wallTime);
    }

    public static byte[] Counts(string tag, double[] edges, long[] counts, long step, double wallTime) =>
        Write("histogram", tag, step, wallTime, writer =>
        {
            Array(writer, "edges", edges);
            writer.WriteStartArray("counts");
            foreach (var count in counts)
                writer.WriteNumberValue(count);
            writer.WriteEndArray();
        });

    public static byte[] Text(string tag, string text, long step, double wallTime)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxTextBytes)
            throw new ArgumentException($"the text is longer than {MaxTextBytes} UTF-8 bytes; log it as an artifact");
        return Write("text", tag, step, wallTime, writer => writer.WriteString("text", text));
    }

    public static byte[] Labels(string split, IEnumerable<KeyValuePair<string, long>> counts) =>
        Object("labels", writer =>
        {
            writer.WriteString("split", split);
            writer.WriteStartObject("counts");
            foreach (var (label, count) in counts)
                writer.WriteNumber(label, count);
            writer.WriteEndObject();
        });

    public static byte[] Phase(string name, double started, double ended) =>
        Object("phase", writer =>
        {
            writer.WriteString("name", name);
            writer.WriteNumber("started", started);
            writer.WriteNumber("ended", ended);
        });

    public static byte[] Embedding(string tag, ReadOnlySpan<float> vectors, int dimensions, long step, double wallTime,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? metadata, LossboardSprite? sprite = null)
    {
        var rows = Rows(vectors.Length, dimensions, nameof(dimensions));
        foreach (var (name, column) in metadata ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (column.Count != rows)
                throw new ArgumentException($"metadata \"{name}\" has {column.Count} entries for {rows} vectors");
        }

        if (sprite is not null && (Names.Problem(sprite.Name) is not null || sprite.Width < 1 || sprite.Height < 1))
            throw new ArgumentException($"the sprite \"{sprite.Name}\" with thumbnails of {sprite.Width} × {sprite.Height} pixels is none");

        var copy = vectors.ToArray();
        return Write("embedding", tag, step, wallTime, writer =>
        {
            Matrix(writer, "vectors", copy, dimensions);
            if (metadata is not null)
            {
                writer.WriteStartObject("metadata");
                foreach (var (name, column) in metadata)
                    Strings(writer, name, column);
                writer.WriteEndObject();
            }

            if (sprite is null)
                return;
            writer.WriteStartObject("sprite");
            writer.WriteString("name", sprite.Name);
            writer.WriteNumber("width", sprite.Width);
            writer.WriteNumber("height", sprite.Height);
            writer.WriteEndObject();
        });
    }

    public static byte[] Predictions(string tag, ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, long step, double wallTime,
        ReadOnlySpan<float> losses, IReadOnlyList<string>? ids)
    {
        if (labels.IsEmpty || scores.Length % labels.Length != 0 || scores.IsEmpty)
            throw new ArgumentException($"scores must hold one row of class scores a label; there are {labels.Length} labels and {scores.Length} scores");
        if (!losses.IsEmpty && losses.Length != labels.Length)
            throw new ArgumentException($"there are {losses.Length} losses for {labels.Length} labels");
        if (ids is not null && ids.Count != labels.Length)
            throw new ArgumentException($"there are {ids.Count} ids for {labels.Length} labels");
        var (labelCopy, scoreCopy, lossCopy) = (labels.ToArray(), scores.ToArray(), losses.ToArray());
        return Write("predictions", tag, step, wallTime, writer =>
        {
            writer.WriteStartArray("labels");
            foreach (var label in labelCopy)
                writer.WriteNumberValue(label);
            writer.WriteEndArray();
            Matrix(writer, "scores", scoreCopy, scoreCopy.Length / labelCopy.Length);
            if (lossCopy.Length > 0)
            {
                writer.WriteStartArray("losses");
                foreach (var loss in lossCopy)
                    Json.WriteValue(writer, loss);
                writer.WriteEndArray();
            }

            if (ids is not null)
                Strings(writer, "ids", ids);
        });
    }

    private static int Rows(int length, int width, string name) =>
        width > 0 && length > 0 && length % width == 0
            ? length / width
            : throw new ArgumentException($"{length} numbers are not rows of {width}", name);

    private static byte[] Write(string type, string tag, long step, double wallTime, Action<Utf8JsonWriter> rest) =>
        Object(type, writer =>
        {
            writer.WriteString("tag", tag);
            writer.WriteNumber("step", step);
            writer.WriteNumber("wall_time", wallTime);
            rest(writer);
        });

    private static byte[] Object(string type, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Json.Writer);
        writer.WriteStartObject();
        writer.WriteString("type", type);
        rest(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Array(Utf8JsonWriter writer, string name, double[] values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            Json.WriteValue(writer, value);
        writer.WriteEndArray();
    }

    private static void Matrix(Utf8JsonWriter writer, string name, float[] values, int width)
    {
        writer.WriteStartArray(name);
        for (var row = 0; row < values.Length; row += width)
        {
            writer.WriteStartArray();
            foreach (var value in values.AsSpan(row, width))
                Json.WriteValue(writer, value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
