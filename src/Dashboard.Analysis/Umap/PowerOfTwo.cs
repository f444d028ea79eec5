using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>2^x for x from −126 to 127, to a relative 8e-8, at either width: the same operations in the same order, all rounded as IEEE 754 has it.</summary>
internal static class PowerOfTwo
{
    // 2^f from −½ to ½.
    private const float E0 = 1, E1 = 0.6931469440460205f, E2 = 0.24022120237350464f, E3 = 0.05550713092088699f, E4 = 0.009675540961325169f, E5 = 0.001327647129073739f;

    // Added and taken away it leaves the nearest whole number, which also stands in the low bits in between.
    private const float Whole = 12582912;

    /// <summary>Of sixteen numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> exponent)
    {
        var whole = exponent + Vector512.Create(Whole);
        var f = exponent - (whole - Vector512.Create(Whole));
        var power = Vector512.FusedMultiplyAdd(f, Vector512.Create(E5), Vector512.Create(E4));
        power = Vector512.FusedMultiplyAdd(f, power, Vector512.Create(E3));
        power = Vector512.FusedMultiplyAdd(f, power, Vector512.Create(E2));
        power = Vector512.FusedMultiplyAdd(f, power, Vector512.Create(E1));
        power = Vector512.FusedMultiplyAdd(f, power, Vector512.Create(E0));
        return (power.AsInt32() + Vector512.ShiftLeft(whole.AsInt32(), 23)).AsSingle();
    }

    /// <summary>Of as many as a register holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> exponent)
    {
        var whole = exponent + new Vector<float>(Whole);
        var f = exponent - (whole - new Vector<float>(Whole));
        var power = Vector.FusedMultiplyAdd(f, new Vector<float>(E5), new Vector<float>(E4));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E3));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E2));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E1));
        power = Vector.FusedMultiplyAdd(f, power, new Vector<float>(E0));
        return Vector.AsVectorSingle(Vector.AsVectorInt32(power) + Vector.ShiftLeft(Vector.AsVectorInt32(whole), 23));
    }
}
