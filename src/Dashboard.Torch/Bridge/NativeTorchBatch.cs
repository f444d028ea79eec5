namespace Dashboard.Torch;

internal sealed class NativeTorchBatch(BatchHandle handle, long samples) : ITorchBatch
{
    public BatchHandle Handle { get; } = handle;

    public long Samples { get; } = samples;

    public void Dispose() => Handle.Dispose();
}
