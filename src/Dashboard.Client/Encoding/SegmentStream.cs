namespace Dashboard.Client;

/// <summary>Pieces of memory read one after another, so that what is larger than an array need not be put together.</summary>
internal sealed class SegmentStream(IReadOnlyList<ReadOnlyMemory<byte>> segments) : Stream
{
    private int _segment;
    private int _offset;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && _segment < segments.Count)
        {
            var left = segments[_segment].Span[_offset..];
            var taken = Math.Min(left.Length, buffer.Length - read);
            left[..taken].CopyTo(buffer[read..]);
            read += taken;
            _offset += taken;
            if (taken == left.Length)
                (_segment, _offset) = (_segment + 1, 0);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
