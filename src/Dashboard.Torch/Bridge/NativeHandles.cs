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

/// <summary>Something that points into a model, which therefore lives at least as long.</summary>
internal abstract class PartOfModelHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private ModelHandle? _model;

    public void Hold(ModelHandle model)
    {
        var held = false;
        model.DangerousAddRef(ref held);
        if (held) _model = model;
    }

    protected abstract void Free();

    protected sealed override bool ReleaseHandle()
    {
        Free();
        _model?.DangerousRelease();
        return true;
    }
}

internal sealed class HessianHandle : PartOfModelHandle
{
    protected override void Free() => NativeMethods.HessianFree(handle);
}

internal sealed class ActivationsHandle : PartOfModelHandle
{
    protected override void Free() => NativeMethods.ActivationsFree(handle);
}
