namespace Dashboard.Torch;

internal sealed unsafe class NativeTorchActivations(ActivationsHandle handle, long samples, int columns, IReadOnlyList<long> shape) : ITorchActivations
{
    public long Samples { get; } = samples;

    public int Columns { get; } = columns;

    public IReadOnlyList<long> Shape { get; } = shape;

    /// <summary>Sizes of what is given out for a sample.</summary>
    public static IReadOnlyList<long> ShapeOf(ActivationsHandle handle)
    {
        var error = stackalloc byte[NativeError.Size];
        long rank;
        NativeError.Check(NativeMethods.ActivationsShape(handle, null, 0, &rank, error, NativeError.Size), error);
        var shape = new long[rank];
        fixed (long* sizes = shape) NativeError.Check(NativeMethods.ActivationsShape(handle, sizes, rank, &rank, error, NativeError.Size), error);
        return shape;
    }

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
