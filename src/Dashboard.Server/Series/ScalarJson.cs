using System.IO.Pipelines;
using System.Text.Json;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Writes scalar series as JSON straight to the response, a few thousand numbers at a time.</summary>
internal sealed class ScalarJson(PipeWriter body, CancellationToken cancellation) : IDisposable
{
    // Flushed at this size: large enough to be worth a packet, small enough to stay out of the large object heap.
    private const int FlushBytes = 32 << 10;
    private const int CheckEvery = 512;

    private readonly Utf8JsonWriter _writer = new(body, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Writes the answer of a read of one series.</summary>
    public async Task WriteAsync(ScalarSeries series, long seq)
    {
        await WriteSeriesAsync(series, seq);
        await FlushAsync();
    }

    /// <summary>Writes the answer of a query, each series as it is read.</summary>
    public async Task WriteAsync(IAsyncEnumerable<ScalarSeries> all, long seq)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("seq"u8, seq);
        _writer.WriteStartArray("series"u8);
        await foreach (var series in all.WithCancellation(cancellation))
            await WriteSeriesAsync(series, null);
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        await FlushAsync();
    }

    public void Dispose() => _writer.Dispose();

    private async Task WriteSeriesAsync(ScalarSeries series, long? seq)
    {
        var window = series.Window;
        _writer.WriteStartObject();
        _writer.WriteString("run_id"u8, series.RunId);
        _writer.WriteString("tag"u8, window.Tag);
        if (seq is { } number)
            _writer.WriteNumber("seq"u8, number);
        _writer.WriteNumber("total"u8, window.Total);
        await WriteAsync("steps", window.Steps, static (writer, step) => writer.WriteNumberValue(step));
        await WriteAsync("wall_times", window.WallTimes, WriteDouble);
        await WriteAsync("values", window.Values, WriteDouble);
        await WriteAsync("min", window.Min, WriteDouble);
        await WriteAsync("max", window.Max, WriteDouble);
        if (series.HasNonFinite)
            await WriteAsync("non_finite", window.NonFinite, static (writer, count) => writer.WriteNumberValue(count));
        if (window.Damaged.Count > 0)
            WriteDamaged(window.Damaged);
        _writer.WriteEndObject();
    }

    private async Task WriteAsync<T>(string name, T[] values, Action<Utf8JsonWriter, T> write)
    {
        _writer.WriteStartArray(name);
        for (var at = 0; at < values.Length; at++)
        {
            write(_writer, values[at]);
            if (at % CheckEvery == 0 && _writer.BytesPending >= FlushBytes)
                await FlushAsync();
        }
        _writer.WriteEndArray();
    }

    private void WriteDamaged(IReadOnlyList<DamagedRange> damaged)
    {
        _writer.WriteStartArray("damaged"u8);
        foreach (var range in damaged)
        {
            _writer.WriteStartObject();
            _writer.WriteNumber("first_step"u8, range.FirstStep);
            _writer.WriteNumber("last_step"u8, range.LastStep);
            _writer.WriteNumber("count"u8, range.Count);
            _writer.WriteEndObject();
        }
        _writer.WriteEndArray();
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
    }

    private async Task FlushAsync()
    {
        _writer.Flush();
        await body.FlushAsync(cancellation);
    }
}
