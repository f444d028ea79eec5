using System.Numerics;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>
/// How strongly two vectors of the picture pull and push each other, many pairs at once. Both widths do the same operations in the same order, all of
/// them rounded as IEEE 754 has it, so that a picture does not depend on the processor.
/// </summary>
/// <param name="a">Of the curve 1/(1 + a·d^(2b)).</param>
/// <param name="b">Of the curve.</param>
internal readonly struct UmapForces(double a, double b)
{
    /// <summary>What a coordinate moves by for one pair at the most, before the learning rate.</summary>
    public const float Clip = 4;

    // log₂(1 + t)/t from √½ − 1 to √2 − 1: a level error of 3e-7, with that of the power of two below 1e-6 of the result.
    private const float L0 = 1.442699670791626f, L1 = -0.7213758826255798f, L2 = 0.48046502470970154f, L3 = -0.3589618504047394f;
    private const float L4 = 0.29726260900497437f, L5 = -0.27269789576530457f, L6 = 0.1706344336271286f;

    private const int RootHalf = 0x3F3504F3;
    private const int Mantissa = 0x007FFFFF;
    // Nearer than this two places are the same, and no direction leads from one to the other.
    private const float Same = 1e-30f;
    private const float Floor = 0.001f;

    private readonly float _a = (float)a, _b = (float)b, _pull = (float)(-2 * a * b), _push = (float)(2 * b);

    /// <summary>x^b for x above 0 and not subnormal, to a relative 1e-6.</summary>
    public Vector512<float> Power(Vector512<float> x)
    {
        var bits = x.AsInt32() - Vector512.Create(RootHalf);
        var t = ((bits & Vector512.Create(Mantissa)) + Vector512.Create(RootHalf)).AsSingle() - Vector512<float>.One;
        var log = Vector512.FusedMultiplyAdd(t, Vector512.Create(L6), Vector512.Create(L5));
        log = Vector512.FusedMultiplyAdd(t, log, Vector512.Create(L4));
        log = Vector512.FusedMultiplyAdd(t, log, Vector512.Create(L3));
        log = Vector512.FusedMultiplyAdd(t, log, Vector512.Create(L2));
        log = Vector512.FusedMultiplyAdd(t, log, Vector512.Create(L1));
        log = Vector512.FusedMultiplyAdd(t, log, Vector512.Create(L0));
        log = Vector512.FusedMultiplyAdd(t, log, Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(bits, 23)));
        return PowerOfTwo.Of(log * Vector512.Create(_b));
    }

    /// <summary>The same.</summary>
    public Vector<float> Power(Vector<float> x)
    {
        var bits = Vector.AsVectorInt32(x) - new Vector<int>(RootHalf);
        var t = Vector.AsVectorSingle((bits & new Vector<int>(Mantissa)) + new Vector<int>(RootHalf)) - Vector<float>.One;
        var log = Vector.FusedMultiplyAdd(t, new Vector<float>(L6), new Vector<float>(L5));
        log = Vector.FusedMultiplyAdd(t, log, new Vector<float>(L4));
        log = Vector.FusedMultiplyAdd(t, log, new Vector<float>(L3));
        log = Vector.FusedMultiplyAdd(t, log, new Vector<float>(L2));
        log = Vector.FusedMultiplyAdd(t, log, new Vector<float>(L1));
        log = Vector.FusedMultiplyAdd(t, log, new Vector<float>(L0));
        log = Vector.FusedMultiplyAdd(t, log, Vector.ConvertToSingle(Vector.ShiftRightArithmetic(bits, 23)));
        return PowerOfTwo.Of(log * new Vector<float>(_b));
    }

    /// <summary>By what a difference of coordinates is multiplied where two are pulled together, at a squared distance.</summary>
    public Vector512<float> Pull(Vector512<float> square)
    {
        var power = Power(square);
        var pull = Vector512.Create(_pull) * power / (square * Vector512.FusedMultiplyAdd(power, Vector512.Create(_a), Vector512<float>.One));
        return pull & Vector512.GreaterThan(square, Vector512.Create(Same));
    }

    /// <summary>The same.</summary>
    public Vector<float> Pull(Vector<float> square)
    {
        var power = Power(square);
        var pull = new Vector<float>(_pull) * power / (square * Vector.FusedMultiplyAdd(power, new Vector<float>(_a), Vector<float>.One));
        return pull & Vector.AsVectorSingle(Vector.GreaterThan(square, new Vector<float>(Same)));
    }

    /// <summary>Where they are pushed apart.</summary>
    public Vector512<float> Push(Vector512<float> square)
    {
        var power = Power(square);
        var push = Vector512.Create(_push) / ((square + Vector512.Create(Floor)) * Vector512.FusedMultiplyAdd(power, Vector512.Create(_a), Vector512<float>.One));
        return push & Vector512.GreaterThan(square, Vector512.Create(Same));
    }

    /// <summary>The same.</summary>
    public Vector<float> Push(Vector<float> square)
    {
        var power = Power(square);
        var push = new Vector<float>(_push) / ((square + new Vector<float>(Floor)) * Vector.FusedMultiplyAdd(power, new Vector<float>(_a), Vector<float>.One));
        return push & Vector.AsVectorSingle(Vector.GreaterThan(square, new Vector<float>(Same)));
    }
}
