using Microsoft.Win32.SafeHandles;

namespace Dashboard.Torch;

internal sealed class ModelHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.ModelFree(handle);
        return true;
    }
}

internal sealed class BatchHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.BatchFree(handle);
        return true;
    }
}

internal sealed class PlaneHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.PlaneFree(handle);
        return true;
    }
}

internal sealed class HessianHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private ModelHandle? _model;

    /// <summary>The plan points into the model, which therefore lives at least as long.</summary>
    public void Hold(ModelHandle model)
    {
        var held = false;
        model.DangerousAddRef(ref held);
        if (held) _model = model;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.HessianFree(handle);
        _model?.DangerousRelease();
        return true;
    }
}
