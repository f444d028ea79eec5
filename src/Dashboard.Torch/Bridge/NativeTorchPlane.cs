namespace Dashboard.Torch;

internal sealed class NativeTorchPlane(PlaneHandle handle) : ITorchPlane
{
    public PlaneHandle Handle { get; } = handle;

    public void Dispose() => Handle.Dispose();
}
