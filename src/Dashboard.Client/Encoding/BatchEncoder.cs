using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Dashboard.Client;

/// <summary>Turns drained events into request bodies: at most <c>BatchPoints</c> scalars and about <c>BatchBytes</c> of other events in each.</summary>
internal sealed class BatchEncoder(LossboardOptions options, Notifier notifier)
{
    /// <summary>Below this, gzip saves less time on the wire than it costs.</summary>
    private const int GzipFrom = 16 << 10;

    private readonly Dictionary<string, TagColumn> _columns = new(StringComparer.Ordinal);
    private readonly List<TagColumn> _order = [];
    private readonly List<byte[]> _payloads = [];

    /// <summary>Encodes events in the order logged. Not thread-safe.</summary>
    public IEnumerable<EncodedBatch> Encode(ReadOnlyMemory<LoggedEvent> events)
    {
        for (var at = 0; at < events.Length;)
        {
            at += Take(events.Span[at..]);
            if (_payloads.Count > 0)
                yield return Records();
            if (_order.Count > 0)
                yield return Scalars();
        }
    }

    /// <summary>Sorts as many events as one pair of requests may hold into columns and payloads.</summary>
    private int Take(ReadOnlySpan<LoggedEvent> events)
    {
        int points = 0, bytes = 0, taken = 0;
        foreach (ref readonly var item in events)
        {
            if (item.Payload is { } payload)
            {
                if (bytes > 0 && bytes + payload.Length > options.BatchBytes)
                    break;
                bytes += payload.Length;
                _payloads.Add(payload);
            }
            else
            {
                if (points == options.BatchPoints)
                    break;
                points++;
                Column(item.Tag).Add(item);
            }

            taken++;
        }

        for (var i = _order.Count - 1; i >= 0; i--)
        {
            if (Names.Problem(_order[i].Tag) is not { } problem)
                continue;
            notifier.BadName(_order[i].Tag, problem, _order[i].Count);
            _columns.Remove(_order[i].Tag);
            _order.RemoveAt(i);
        }

        return taken;
    }

    private TagColumn Column(string tag)
    {
        if (!_columns.TryGetValue(tag, out var column))
        {
            _columns.Add(tag, column = new TagColumn(tag));
            _order.Add(column);
        }

        return column;
    }

    private EncodedBatch Scalars()
    {
        var count = _order.Sum(column => column.Count);
        var body = ScalarsBody.Write(options.Project, options.Run, _order);
        _columns.Clear();
        _order.Clear();
        return new EncodedBatch(body, ScalarsBody.ContentType, null, count);
    }

    private EncodedBatch Records()
    {
        var buffer = new ArrayBufferWriter<byte>(_payloads.Sum(payload => payload.Length + 1) + 256);
        using (var writer = new Utf8JsonWriter(buffer, Json.Writer))
        {
            writer.WriteStartObject();
            writer.WriteString("project", options.Project);
            writer.WriteString("run", options.Run);
            writer.WriteStartArray("events");
            foreach (var payload in _payloads)
                writer.WriteRawValue(payload, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var count = _payloads.Count;
        _payloads.Clear();
        return buffer.WrittenCount < GzipFrom
            ? new EncodedBatch(buffer.WrittenSpan.ToArray(), "application/json", null, count)
            : new EncodedBatch(Gzip(buffer.WrittenSpan), "application/json", "gzip", count);
    }

    private static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream(bytes.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
