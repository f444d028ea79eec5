using System.Buffers;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Lines of JSON on their way into an entry, handed on block by block.</summary>
internal sealed class ArchiveLines(Stream stream, CancellationToken cancellation)
{
    private readonly ArrayBufferWriter<byte> _lines = new();

    /// <summary>Adds an object as a line.</summary>
    public async Task AddAsync(Action<Utf8JsonWriter> write)
    {
        ArchiveWriter.Line(_lines, write);
        if (_lines.WrittenCount >= ArchiveWriter.BlockBytes)
            await FlushAsync();
    }

    /// <summary>Hands on what is left.</summary>
    public async Task FlushAsync()
    {
        await stream.WriteAsync(_lines.WrittenMemory, cancellation);
        _lines.ResetWrittenCount();
    }
}
