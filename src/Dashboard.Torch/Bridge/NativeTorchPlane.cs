namespace Dashboard.Torch;

internal sealed class NativeTorchPlane(PlaneHandle handle) : ITorchPlane
{
    public PlaneHandle Handle { get; } = handle;

    public bool Factored => NativeMethods.PlaneFactored(Handle) != 0;

    public void Dispose() => Handle.Dispose();
}
