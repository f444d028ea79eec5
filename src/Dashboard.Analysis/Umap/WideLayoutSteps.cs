using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dashboard.Analysis;

/// <summary>The steps in registers of sixteen numbers, for two or three columns; what they come to is what <see cref="LayoutSteps.Run"/> comes to, bit by bit.</summary>
internal static unsafe class WideLayoutSteps
{
    private const int Lanes = LayoutPlan.Lanes;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run<TColumns>(LayoutSteps steps, UmapForces forces)
        where TColumns : struct, ILayoutColumns
    {
        var moved = stackalloc float[4 * Lanes];
        var pulled = stackalloc float[4 * Lanes];
        var targets = stackalloc int[Lanes];
        var (limit, rate, pool) = (Vector512.Create(UmapForces.Clip), Vector512.Create(steps.Rate), steps.Pool);
        var (first, length, back) = (Vector512.Create(steps.First), Vector512.Create((uint)steps.Length), Vector512.Create(steps.Back));
        float* places = steps.Places, drawn = steps.Drawn;
        var drawnPlaces = steps.DrawnPlaces;
        var negatives = steps.Negatives;
        for (var step = 0; step < steps.Steps; step++)
        {
            var heads = steps.Heads + step * Lanes;
            var (head, tail) = (Vector512.Load(heads), Vector512.Load(steps.Tails + step * Lanes));
            var near = Vector512.LessThan((tail - first).AsUInt32(), length).AsInt32();
            Vector512.ConditionalSelect(near, tail, head).Store(targets);
            var from = head + Vector512.AndNot(back, near);
            var (x, y, z) = (Gather(places, head), Gather(places + 1, head), TColumns.Count > 2 ? Gather(places + 2, head) : default);
            var dx = Gather(places, from) - Gather(places, tail);
            var dy = Gather(places + 1, from) - Gather(places + 1, tail);
            var dz = TColumns.Count > 2 ? Gather(places + 2, from) - Gather(places + 2, tail) : default;
            var force = forces.Pull(Square<TColumns>(dx, dy, dz));
            // As in the other way: no swinging across blocks.
            force *= Vector512.ConditionalSelect(near.AsSingle(), Vector512<float>.One, Vector512.Max(Vector512<float>.Zero, Vector512.FusedMultiplyAdd(force, rate, Vector512<float>.One)));
            var (mx, my, mz) = (Clip(force * dx, limit), Clip(force * dy, limit), TColumns.Count > 2 ? Clip(force * dz, limit) : default);
            // In the block the other end gives way by as much. Across blocks both ends count on where they were, and each takes both directions of the edge on itself.
            var sign = Vector512.AndNot(Vector512.Create(float.NegativeZero), near.AsSingle());
            Store<TColumns>((mx ^ sign) * rate, (my ^ sign) * rate, (mz ^ sign) * rate, pulled);
            for (var negative = 0; negative < negatives; negative++)
            {
                dx = x - Vector512.Load(drawn + pool);
                dy = y - Vector512.Load(drawn + LayoutSteps.PoolLength + pool);
                if (TColumns.Count > 2) dz = z - Vector512.Load(drawn + 2 * LayoutSteps.PoolLength + pool);
                force = forces.Push(Square<TColumns>(dx, dy, dz));
                force = Vector512.AndNot(force, Vector512.Equals(head, Vector512.Load(drawnPlaces + pool)).AsSingle());
                mx += Clip(force * dx, limit);
                my += Clip(force * dy, limit);
                if (TColumns.Count > 2) mz += Clip(force * dz, limit);
                pool = (pool + LayoutSteps.PoolStride) % LayoutScratch.Pool;
            }
            Store<TColumns>(mx * rate, my * rate, mz * rate, moved);
            if (TColumns.Count == 2)
            {
                for (var lane = 0; lane < Lanes; lane++)
                {
                    var pair = Pair(lane);
                    double* to = (double*)(places + heads[lane]), other = (double*)(places + targets[lane]);
                    *to = (Vector128.CreateScalarUnsafe(*to).AsSingle() + Vector128.CreateScalarUnsafe(*(double*)(moved + pair)).AsSingle()).AsDouble().ToScalar();
                    *other = (Vector128.CreateScalarUnsafe(*other).AsSingle() - Vector128.CreateScalarUnsafe(*(double*)(pulled + pair)).AsSingle()).AsDouble().ToScalar();
                }
            }
            else
            {
                for (var lane = 0; lane < Lanes; lane++)
                {
                    float* to = places + heads[lane], other = places + targets[lane];
                    for (var d = 0; d < TColumns.Count; d++)
                    {
                        to[d] += moved[d * Lanes + lane];
                        other[d] -= pulled[d * Lanes + lane];
                    }
                }
            }
        }
        return pool;
    }

    // Two columns lie as pairs, in the order that unpacking leaves them in; three one after the other.
    private static void Store<TColumns>(Vector512<float> x, Vector512<float> y, Vector512<float> z, float* to)
        where TColumns : struct, ILayoutColumns
    {
        if (TColumns.Count == 2)
        {
            Avx512F.UnpackLow(x, y).Store(to);
            Avx512F.UnpackHigh(x, y).Store(to + Lanes);
            return;
        }
        x.Store(to);
        y.Store(to + Lanes);
        z.Store(to + 2 * Lanes);
    }

    private static int Pair(int lane) => ((lane & 2) << 3) + (lane & ~3) + ((lane & 1) << 1);

    private static Vector512<float> Gather(float* from, Vector512<int> offsets) => Vector512.Create(
        Avx2.GatherVector256(from, offsets.GetLower(), sizeof(float)), Avx2.GatherVector256(from, offsets.GetUpper(), sizeof(float)));

    private static Vector512<float> Square<TColumns>(Vector512<float> x, Vector512<float> y, Vector512<float> z)
        where TColumns : struct, ILayoutColumns
    {
        var square = Vector512.FusedMultiplyAdd(y, y, x * x);
        return TColumns.Count > 2 ? Vector512.FusedMultiplyAdd(z, z, square) : square;
    }

    private static Vector512<float> Clip(Vector512<float> move, Vector512<float> limit) => Vector512.Min(Vector512.Max(move, -limit), limit);
}
