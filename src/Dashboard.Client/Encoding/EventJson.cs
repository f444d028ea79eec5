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

        CheckSprite(sprite);
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

            WriteSprite(writer, sprite);
        });
    }

    public static byte[] Predictions(string tag, ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, long step, double wallTime,
        ReadOnlySpan<float> losses, IReadOnlyList<string>? ids, IReadOnlyList<string>? classes, LossboardSprite? sprite)
    {
        if (labels.IsEmpty || scores.Length % labels.Length != 0 || scores.IsEmpty)
            throw new ArgumentException($"scores must hold one row of class scores a label; there are {labels.Length} labels and {scores.Length} scores");
        CheckSamples(labels.Length, losses, ids, sprite);
        var labelCopy = labels.ToArray();
        return Samples(tag, step, wallTime, labels.Length, scores, losses, ids, sprite, writer =>
        {
            writer.WriteStartArray("labels");
            foreach (var label in labelCopy)
                writer.WriteNumberValue(label);
            writer.WriteEndArray();
            if (classes is not null)
                Strings(writer, "classes", classes);
        });
    }

    public static byte[] Regression(string tag, ReadOnlySpan<float> targets, ReadOnlySpan<float> predicted, int outputs, long step, double wallTime,
        ReadOnlySpan<float> losses, IReadOnlyList<string>? ids, LossboardSprite? sprite)
    {
        if (predicted.Length != targets.Length)
            throw new ArgumentException($"there are {predicted.Length} predicted numbers for {targets.Length} targets");
        var rows = Rows(targets.Length, outputs, nameof(targets));
        CheckSamples(rows, losses, ids, sprite);
        var targetCopy = targets.ToArray();
        return Samples(tag, step, wallTime, rows, predicted, losses, ids, sprite, writer => Matrix(writer, "targets", targetCopy, outputs));
    }

    private static void CheckSamples(int rows, ReadOnlySpan<float> losses, IReadOnlyList<string>? ids, LossboardSprite? sprite)
    {
        if (!losses.IsEmpty && losses.Length != rows)
            throw new ArgumentException($"there are {losses.Length} losses for {rows} samples");
        if (ids is not null && ids.Count != rows)
            throw new ArgumentException($"there are {ids.Count} ids for {rows} samples");
        CheckSprite(sprite);
    }

    private static byte[] Samples(string tag, long step, double wallTime, int rows, ReadOnlySpan<float> scores, ReadOnlySpan<float> losses,
        IReadOnlyList<string>? ids, LossboardSprite? sprite, Action<Utf8JsonWriter> truth)
    {
        var (scoreCopy, lossCopy) = (scores.ToArray(), losses.ToArray());
        return Write("predictions", tag, step, wallTime, writer =>
        {
            truth(writer);
            Matrix(writer, "scores", scoreCopy, scoreCopy.Length / rows);
            if (lossCopy.Length > 0)
            {
                writer.WriteStartArray("losses");
                foreach (var loss in lossCopy)
                    Json.WriteValue(writer, loss);
                writer.WriteEndArray();
            }

            if (ids is not null)
                Strings(writer, "ids", ids);
            WriteSprite(writer, sprite);
        });
    }

    private static void CheckSprite(LossboardSprite? sprite)
    {
        if (sprite is not null && (Names.Problem(sprite.Name) is not null || sprite.Width < 1 || sprite.Height < 1))
            throw new ArgumentException($"the sprite \"{sprite.Name}\" with thumbnails of {sprite.Width} × {sprite.Height} pixels is none");
    }

    private static void WriteSprite(Utf8JsonWriter writer, LossboardSprite? sprite)
    {
        if (sprite is null)
            return;
        writer.WriteStartObject("sprite");
        writer.WriteString("name", sprite.Name);
        writer.WriteNumber("width", sprite.Width);
        writer.WriteNumber("height", sprite.Height);
        writer.WriteEndObject();
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
