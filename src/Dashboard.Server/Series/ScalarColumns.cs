using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Writes scalar series as <c>application/vnd.lossboard.columns</c>; docs/binary-columns.md describes it byte by byte.</summary>
internal sealed class ScalarColumns
{
    private const int Alignment = 8;
    private const int Prefix = 8;
    private const int WriteBytes = 64 << 10;
    // Doubles hold every integer up to here.
    private const long ExactInDouble = 1L << 53;

    private readonly List<Array> _columns = [];
    private long _offset;

    /// <summary>Writes the whole answer. Every series is at hand, because the header that describes them comes first.</summary>
    public static async Task WriteAsync(HttpResponse response, IReadOnlyList<ScalarSeries> all, long seq, CancellationToken cancellation)
    {
        var answer = new ScalarColumns();
        var header = answer.Header(all, seq);
        response.ContentLength = header.Length + answer._offset;
        var body = response.BodyWriter;
        await WriteAsync(body, header, cancellation);
        foreach (var column in answer._columns)
        {
            await WriteAsync(body, column, cancellation);
            var padding = -Buffer.ByteLength(column) & (Alignment - 1);
            body.GetSpan(Alignment)[..padding].Clear();
            body.Advance(padding);
        }
        await body.FlushAsync(cancellation);
    }

    private byte[] Header(IReadOnlyList<ScalarSeries> all, long seq)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteNumber("seq"u8, seq);
            writer.WriteStartArray("series"u8);
            foreach (var series in all)
                Describe(writer, series);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        // Spaces after the header bring the first column to a multiple of eight.
        var length = (int)(text.Length + (-text.Length & (Alignment - 1)));
        var header = new byte[Prefix + length];
        "LBC1"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)length);
        header.AsSpan(Prefix).Fill((byte)' ');
        text.GetBuffer().AsSpan(0, (int)text.Length).CopyTo(header.AsSpan(Prefix));
        return header;
    }

    private void Describe(Utf8JsonWriter writer, ScalarSeries series)
    {
        var window = series.Window;
        writer.WriteStartObject();
        writer.WriteString("run_id"u8, series.RunId);
        writer.WriteString("tag"u8, window.Tag);
        writer.WriteNumber("total"u8, window.Total);
        writer.WriteNumber("count"u8, series.Count);
        writer.WriteStartObject("columns"u8);
        if (Exact(window.Steps))
            Column(writer, "steps", "f64", Doubles(window.Steps));
        else
            Column(writer, "steps", "i64", window.Steps);
        Column(writer, "wall_times", "f64", window.WallTimes);
        var values = Column(writer, "values", "f64", window.Values);
        // Where a bucket is one point its extremes are its value: the column is told to be that one, not sent again.
        Extreme(writer, "min", window.Min, window.Values, values);
        Extreme(writer, "max", window.Max, window.Values, values);
        if (series.HasNonFinite)
            Column(writer, "non_finite", "i32", window.NonFinite);
        writer.WriteEndObject();
        if (window.Damaged.Count > 0)
        {
            writer.WriteStartArray("damaged"u8);
            foreach (var range in window.Damaged)
            {
                writer.WriteStartObject();
                writer.WriteNumber("first_step"u8, range.FirstStep);
                writer.WriteNumber("last_step"u8, range.LastStep);
                writer.WriteNumber("count"u8, range.Count);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private void Extreme(Utf8JsonWriter writer, string name, double[] extremes, double[] values, long valuesOffset)
    {
        if (MemoryMarshal.AsBytes(extremes.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(values.AsSpan())))
            Name(writer, name, "f64", valuesOffset);
        else
            Column(writer, name, "f64", extremes);
    }

    private long Column(Utf8JsonWriter writer, string name, string type, Array values)
    {
        var offset = _offset;
        Name(writer, name, type, offset);
        var bytes = (long)Buffer.ByteLength(values);
        _columns.Add(values);
        _offset += bytes + (-bytes & (Alignment - 1));
        return offset;
    }

    private static void Name(Utf8JsonWriter writer, string name, string type, long offset)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type"u8, type);
        writer.WriteNumber("offset"u8, offset);
        writer.WriteEndObject();
    }

    private static bool Exact(long[] steps)
    {
        foreach (var step in steps)
        {
            if (step is > ExactInDouble or < -ExactInDouble)
                return false;
        }
        return true;
    }

    private static double[] Doubles(long[] steps) => Array.ConvertAll(steps, step => (double)step);

    // Every machine this runs on is little-endian, as the wire is.
    private static async Task WriteAsync(PipeWriter body, Array column, CancellationToken cancellation)
    {
        var length = Buffer.ByteLength(column);
        for (var at = 0; at < length; at += WriteBytes)
        {
            Copy(column, at, Math.Min(WriteBytes, length - at), body);
            await body.FlushAsync(cancellation);
        }
    }

    private static void Copy(Array column, int at, int count, PipeWriter body)
    {
        var bytes = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(column), Buffer.ByteLength(column));
        bytes.Slice(at, count).CopyTo(body.GetSpan(count));
        body.Advance(count);
    }
}
