using System.Collections.Concurrent;

namespace Dashboard.Analysis;

/// <summary>Buffers of one length that threads take and give back, so that there are as many as threads and not as many as blocks.</summary>
internal sealed class FloatPool(int length)
{
    private readonly ConcurrentBag<AlignedFloats> _free = [];

    public AlignedFloats Take() => _free.TryTake(out var buffer) ? buffer : new AlignedFloats(length);

    public void Return(AlignedFloats buffer) => _free.Add(buffer);
}
