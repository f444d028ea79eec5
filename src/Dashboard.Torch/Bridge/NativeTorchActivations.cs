namespace Dashboard.Torch;

internal sealed unsafe class NativeTorchActivations(ActivationsHandle handle, long samples, int columns) : ITorchActivations
{
    public long Samples { get; } = samples;

    public int Columns { get; } = columns;

    public void Read(long first, Span<float> rows, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length % Columns, 0);
        var error = stackalloc byte[NativeError.Size];
        using var call = new CallControl(cancellation);
        var control = call.Native;
        fixed (float* pinned = rows)
            NativeError.Check(NativeMethods.ActivationsRead(handle, first, rows.Length / Columns, pinned, &control, error, NativeError.Size), error, cancellation);
    }

    public void Dispose() => handle.Dispose();
}
