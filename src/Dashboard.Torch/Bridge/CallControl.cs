using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dashboard.Torch;

/// <summary>A cancel flag and a progress callback that native code may use for the time of one call.</summary>
internal sealed unsafe class CallControl : IDisposable
{
    private readonly int* _flag;
    private readonly CancellationTokenRegistration _registration;
    private readonly GCHandle _self;
    private readonly Action<int>? _progress;
    private Exception? _failure;

    public CallControl(CancellationToken cancellation, Action<int>? progress = null)
    {
        _flag = (int*)NativeMemory.AllocZeroed(sizeof(int));
        _progress = progress;
        _self = GCHandle.Alloc(this);
        // Runs at once where the token is already cancelled.
        _registration = cancellation.UnsafeRegister(static state => Volatile.Write(ref *((CallControl)state!)._flag, 1), this);
    }

    public NativeControl Native => new()
    {
        Cancel = _flag,
        Progress = _progress is null ? null : &Report,
        Context = GCHandle.ToIntPtr(_self),
    };

    /// <summary>Throws what the callback threw: an exception cannot pass through native code.</summary>
    public void ThrowIfCallbackFailed()
    {
        if (_failure is not null) throw new TorchException("The progress callback failed.", _failure);
    }

    public void Dispose()
    {
        // Waits for a registration that is running, so that nobody writes to the flag afterwards.
        _registration.Dispose();
        _self.Free();
        NativeMemory.Free(_flag);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Report(nint context, long done)
    {
        var control = (CallControl)GCHandle.FromIntPtr(context).Target!;
        try
        {
            control._progress!((int)done);
        }
#pragma warning disable CA1031 // Whatever it is, it must not unwind native frames.
        catch (Exception e)
#pragma warning restore CA1031
        {
            control._failure ??= e;
            Volatile.Write(ref *control._flag, 1);
        }
    }
}
