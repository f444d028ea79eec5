namespace Dashboard.Torch;

internal sealed unsafe class NativeHessian(HessianHandle handle, int size) : IHessian
{
    public int Size { get; } = size;

    public void Multiply(ReadOnlySpan<double> vector, Span<double> product, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(product.Length, Size);
        var error = stackalloc byte[NativeError.Size];
        using var control = new CallControl(cancellation);
        var native = control.Native;
        fixed (double* from = vector)
        fixed (double* to = product)
            NativeError.Check(NativeMethods.HessianMultiply(handle, from, to, Size, &native, error, NativeError.Size), error, cancellation);
    }

    public void Dispose() => handle.Dispose();
}
