using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Writes the entries of an archive one after the other and keeps what the manifest says of them.</summary>
internal sealed class ArchiveWriter(ZipArchive zip)
{
    /// <summary>Bytes that are handed on at once.</summary>
    public const int BlockBytes = 1 << 17;

    // Readable: an archive is no page, and what reads it must not have to undo escapes.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // One moment for all: an archive of the same content has the same bytes.
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<ArchiveEntry> _entries = [];

    /// <summary>What was written so far.</summary>
    public IReadOnlyList<ArchiveEntry> Entries => _entries;

    /// <summary>Writes one entry through <paramref name="write"/>.</summary>
    public async Task AddAsync(string name, bool packed, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name, packed ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
        entry.LastWriteTime = Timeless;
        await using var stream = new HashingStream(await entry.OpenAsync(cancellation));
        await write(stream);
        _entries.Add(new ArchiveEntry(name, stream.Count, stream.Sha256()));
    }

    /// <summary>Writes one entry that is in memory.</summary>
    public Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        AddAsync(name, packed: true, stream => stream.WriteAsync(content, cancellation).AsTask(), cancellation);

    /// <summary>Writes one entry of lines of JSON.</summary>
    public Task AddLinesAsync(string name, Func<ArchiveLines, Task> write, CancellationToken cancellation) => AddAsync(name, packed: true, async stream =>
    {
        var lines = new ArchiveLines(stream, cancellation);
        await write(lines);
        await lines.FlushAsync();
    }, cancellation);

    /// <summary>Appends a JSON object as a line.</summary>
    public static void Line(ArrayBufferWriter<byte> lines, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(lines, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        lines.Write("\n"u8);
    }

    /// <summary>Writes a JSON text that was stored, on one line: a line break within JSON can only stand between its parts.</summary>
    public static void Raw(Utf8JsonWriter json, string name, string text)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(text.Replace('\n', ' ').Replace('\r', ' '), skipInputValidation: true);
    }
}
