namespace Dashboard.Faults.Tests;

/// <summary>A file as a disk holds it: what was synced, and the changes since, of which a power loss leaves some.</summary>
internal sealed class SimulatedFile
{
    // What a disk writes whole or not at all.
    private const int Sector = 512;

    private readonly List<(long Offset, ReadOnlyMemory<byte>? Data)> _changes = [];
    private MemoryStream _durable = new();

    public void Write(long offset, ReadOnlyMemory<byte> data) => _changes.Add((offset, data));

    public void SetLength(long length) => _changes.Add((length, null));

    public void Sync()
    {
        foreach (var (offset, data) in _changes)
            Apply(_durable, offset, data);
        _changes.Clear();
    }

    /// <summary>What is there when the power returns.</summary>
    public MemoryStream After(PowerLoss loss, Random random)
    {
        var found = new MemoryStream();
        _durable.WriteTo(found);
        if (loss == PowerLoss.Drops || _changes.Count == 0)
            return found;
        var whole = loss == PowerLoss.Tears ? random.Next(_changes.Count + 1) : _changes.Count;
        var share = loss == PowerLoss.Reorders ? random.NextDouble() : 1;
        foreach (var (offset, data) in _changes.Take(whole))
            Keep(found, offset, data, share, random);
        if (whole < _changes.Count)
            Tear(found, _changes[whole], random);
        // The length is kept apart from the content: sectors that did not arrive are zero.
        if (loss == PowerLoss.Reorders && random.Next(2) == 0 && found.Length < Length())
            found.SetLength(Length());
        return found;
    }

    private static void Keep(MemoryStream into, long offset, ReadOnlyMemory<byte>? change, double share, Random random)
    {
        if (change is not { } data)
        {
            if (random.NextDouble() < share)
                into.SetLength(offset);
            return;
        }
        for (var at = 0; at < data.Length;)
        {
            var length = (int)Math.Min(Sector - (offset + at) % Sector, data.Length - at);
            if (random.NextDouble() < share)
                Apply(into, offset + at, data.Slice(at, length));
            at += length;
        }
    }

    private static void Tear(MemoryStream into, (long Offset, ReadOnlyMemory<byte>? Data) change, Random random)
    {
        if (change.Data is not { } data)
            return;
        // At the end of a sector, wherever the write began.
        var kept = (change.Offset + random.Next(data.Length)) / Sector * Sector - change.Offset;
        if (kept > 0)
            Apply(into, change.Offset, data[..(int)kept]);
    }

    private long Length()
    {
        var length = _durable.Length;
        foreach (var (offset, data) in _changes)
            length = data is { } written ? Math.Max(length, offset + written.Length) : offset;
        return length;
    }

    private static void Apply(MemoryStream stream, long offset, ReadOnlyMemory<byte>? data)
    {
        if (data is not { } written)
        {
            stream.SetLength(offset);
            return;
        }
        stream.Position = offset;
        stream.Write(written.Span);
    }
}
