using System.Buffers;

namespace Dashboard.Server;

/// <summary>Reads an entry line by line, holding one block and the line that is longer than it.</summary>
internal sealed class ArchiveLineReader(Stream stream, int mostBytes) : IDisposable
{
    private byte[] _room = ArrayPool<byte>.Shared.Rent(ArchiveWriter.BlockBytes);
    private int _from;
    private int _end;
    private bool _isEnd;

    /// <summary>The next line without its end, valid until the next call; null behind the last.</summary>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        var seen = 0;
        while (true)
        {
            var at = _room.AsSpan(_from + seen, _end - _from - seen).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _room.AsMemory(_from, seen + at);
                _from += seen + at + 1;
                return line;
            }
            seen = _end - _from;
            if (_isEnd)
            {
                if (seen == 0)
                    return null;
                var rest = _room.AsMemory(_from, seen);
                _from = _end;
                return rest;
            }
            if (seen >= mostBytes)
                throw new InvalidDataException($"A line is longer than {mostBytes} bytes.");
            await FillAsync(cancellation);
        }
    }

    /// <summary>Whole lines that are there already, as one block; empty behind the last. A last line without an end gets none.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBlockAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var last = _room.AsSpan(_from, _end - _from).LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                var block = _room.AsMemory(_from, last + 1);
                _from += last + 1;
                return block;
            }
            if (_isEnd)
            {
                var rest = _room.AsMemory(_from, _end - _from);
                _from = _end;
                return rest;
            }
            if (_end - _from >= mostBytes)
                throw new InvalidDataException($"A line is longer than {mostBytes} bytes.");
            await FillAsync(cancellation);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_room);
        _room = [];
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_from > 0)
        {
            _room.AsSpan(_from, _end - _from).CopyTo(_room);
            _end -= _from;
            _from = 0;
        }
        if (_end == _room.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_room.Length * 2);
            _room.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_room);
            _room = larger;
        }
        var read = await stream.ReadAsync(_room.AsMemory(_end), cancellation);
        _end += read;
        _isEnd = read == 0;
    }
}
