using System.Runtime.InteropServices;

namespace Dashboard.Torch;

/// <summary><c>lb_tensor</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTensor
{
    public void* Data;
    public long* Shape;
    public int Rank;
    public int Type;
}

/// <summary><c>lb_objective</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeObjective
{
    public double L1;
    public double L2;
    public long BatchSize;
    public int Loss;
    public int Flags;

    public static NativeObjective From(Objective objective) => new()
    {
        Loss = (int)objective.Loss,
        L1 = objective.L1,
        L2 = objective.L2,
        BatchSize = objective.BatchSize,
        Flags = (objective.BatchNorm == BatchNormStatistics.Recomputed ? 1 : 0)
            | (objective.Evaluation switch { EvaluationPath.Unfactored => 2, EvaluationPath.AsWritten => 4, _ => 0 }),
    };
}

/// <summary><c>lb_control</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeControl
{
    public int* Cancel;
    public delegate* unmanaged[Cdecl]<nint, long, void> Progress;
    public nint Context;
}
