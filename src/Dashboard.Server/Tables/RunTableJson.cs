using System.IO.Pipelines;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Writes a table as JSON straight to the response.</summary>
internal sealed class RunTableJson(PipeWriter body, CancellationToken cancellation) : IDisposable
{
    // As the answers with points do: large enough to be worth a packet, small enough to stay out of the large object heap.
    private const int FlushBytes = 32 << 10;
    private const int NotesShown = 200;

    private readonly Utf8JsonWriter _writer = new(body, new JsonWriterOptions { SkipValidation = true });

    public async Task WriteAsync(RunTableRequest request, RunSelection selection, long seq)
    {
        var rows = selection.Rows;
        var page = selection.Matched.AsMemory(Math.Min(request.Offset, selection.Matched.Length));
        page = page[..Math.Min(request.Limit, page.Length)];
        _writer.WriteStartObject();
        _writer.WriteNumber("seq"u8, seq);
        _writer.WriteNumber("total"u8, rows.Runs.Length);
        _writer.WriteNumber("matched"u8, selection.Matched.Length);
        _writer.WriteNumber("offset"u8, request.Offset);
        _writer.WriteStartArray("runs"u8);
        for (var at = 0; at < page.Length; at++)
        {
            WriteRun(rows, page.Span[at]);
            await FlushIfLongAsync();
        }
        _writer.WriteEndArray();
        _writer.WriteStartObject("columns"u8);
        foreach (var (name, path) in request.Columns)
        {
            var value = rows.Bind(path);
            _writer.WriteStartArray(name);
            for (var at = 0; at < page.Length; at++)
            {
                WriteValue(value(page.Span[at]));
                await FlushIfLongAsync();
            }
            _writer.WriteEndArray();
        }
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        await FlushAsync();
    }

    public void Dispose() => _writer.Dispose();

    private void WriteRun(RunRows rows, int row)
    {
        var run = rows.Runs[row].Info;
        _writer.WriteStartObject();
        _writer.WriteString("id"u8, run.Id);
        _writer.WriteString("name"u8, run.Name);
        _writer.WriteString("group"u8, run.Group);
        _writer.WriteString("status"u8, RunViews.Name(run.Status));
        if (run.Color is { } color)
            _writer.WriteNumber("color"u8, color);
        else
            _writer.WriteNull("color"u8);
        _writer.WriteStartArray("tags"u8);
        foreach (var tag in run.Tags)
            _writer.WriteStringValue(tag);
        _writer.WriteEndArray();
        _writer.WriteNumber("created"u8, run.Created);
        _writer.WriteNumber("updated"u8, rows.Updated(row));
        _writer.WriteString("notes"u8, Shown(run.Notes));
        _writer.WriteEndObject();
    }

    // Not through the middle of a pair.
    private static string Shown(string notes) =>
        notes.Length <= NotesShown ? notes : notes[..(char.IsHighSurrogate(notes[NotesShown - 1]) ? NotesShown - 1 : NotesShown)];

    private void WriteValue(in QueryValue value)
    {
        switch (value.Kind)
        {
            case QueryValueKind.Number when double.IsFinite(value.Number):
                _writer.WriteNumberValue(value.Number);
                break;
            case QueryValueKind.Number:
                _writer.WriteStringValue(double.IsNaN(value.Number) ? "NaN"u8 : value.Number > 0 ? "Infinity"u8 : "-Infinity"u8);
                break;
            case QueryValueKind.Text:
                _writer.WriteStringValue(value.Text);
                break;
            case QueryValueKind.Boolean:
                _writer.WriteBooleanValue(value.Boolean);
                break;
            case QueryValueKind.List:
                _writer.WriteStartArray();
                foreach (var text in value.List)
                    _writer.WriteStringValue(text);
                _writer.WriteEndArray();
                break;
            default:
                _writer.WriteNullValue();
                break;
        }
    }

    private ValueTask FlushIfLongAsync() => _writer.BytesPending >= FlushBytes ? new ValueTask(FlushAsync()) : default;

    private async Task FlushAsync()
    {
        _writer.Flush();
        await body.FlushAsync(cancellation);
    }
}
