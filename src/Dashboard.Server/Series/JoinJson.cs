using System.IO.Pipelines;
using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Writes joined series straight to the response, one run after the other.</summary>
internal sealed class JoinJson(PipeWriter body, CancellationToken cancellation) : IDisposable
{
    private readonly Utf8JsonWriter _writer = new(body, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Writes the answer, each run as it is joined: a run has <see cref="ApiLimits.MaxJoinPairs"/> pairs at the most, so one is never large.</summary>
    public async Task WriteAsync(IAsyncEnumerable<JoinedSeriesView> all, long seq)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("seq"u8, seq);
        _writer.WriteStartArray("series"u8);
        await foreach (var series in all.WithCancellation(cancellation))
        {
            JsonSerializer.Serialize(_writer, series, ContractsJson.Default.JoinedSeriesView);
            await FlushAsync();
        }
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        await FlushAsync();
    }

    public void Dispose() => _writer.Dispose();

    private async Task FlushAsync()
    {
        _writer.Flush();
        await body.FlushAsync(cancellation);
    }
}
