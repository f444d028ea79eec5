using System.Collections.Concurrent;

namespace Dashboard.Analysis;

/// <summary>Buffers of one length that threads take and give back, so that there are as many as threads and not as many as blocks.</summary>
internal sealed class FloatPool(int length)
{
    private readonly ConcurrentBag<AlignedArray<float>> _free = [];

    public AlignedArray<float> Take() => _free.TryTake(out var buffer) ? buffer : new AlignedArray<float>(length, zeros: false);

    public void Return(AlignedArray<float> buffer) => _free.Add(buffer);
}
