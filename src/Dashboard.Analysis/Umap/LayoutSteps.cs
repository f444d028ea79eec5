using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dashboard.Analysis;

/// <summary>The steps of one block in one epoch: in each, sixteen rows are pulled to one neighbour each and pushed away from some drawn at random.</summary>
/// <param name="places">Coordinates, a place after the other.</param>
/// <param name="heads">steps × 16 offsets of those that move; no two of a step are the same, but for lanes without work.</param>
/// <param name="tails">steps × 16 offsets of those that they are pulled to.</param>
/// <param name="drawn">Coordinates of the pool, column by column.</param>
/// <param name="drawnPlaces">Their offsets, as the heads'.</param>
/// <param name="steps">Steps.</param>
/// <param name="negatives">Pushes for a pull.</param>
/// <param name="rate">The learning rate.</param>
internal readonly unsafe struct LayoutSteps(float* places, int* heads, int* tails, float* drawn, int* drawnPlaces, int steps, int negatives, float rate)
{
    private const int Lanes = LayoutPlan.Lanes;
    private const int Length = LayoutScratch.Pool + Lanes;
    // Odd, so that a lane comes by all draws of the pool and not by every sixteenth.
    private const int Stride = Lanes + 1;

    private readonly float* _places = places, _drawn = drawn;
    private readonly int* _heads = heads, _tails = tails, _drawnPlaces = drawnPlaces;
    private readonly int _steps = steps, _negatives = negatives;
    private readonly float _rate = rate;

    /// <summary>With registers of sixteen numbers.</summary>
    public void Run<TColumns>(UmapForces forces)
        where TColumns : struct, ILayoutColumns
    {
        var moved = stackalloc float[3 * Lanes];
        var limit = Vector512.Create(UmapForces.Clip);
        var pool = 0;
        for (var step = 0; step < _steps; step++)
        {
            var head = _heads + step * Lanes;
            var tail = _tails + step * Lanes;
            var x = Gather(_places, head);
            var y = Gather(_places + 1, head);
            var z = TColumns.Count > 2 ? Gather(_places + 2, head) : default;
            var dx = x - Gather(_places, tail);
            var dy = y - Gather(_places + 1, tail);
            var dz = TColumns.Count > 2 ? z - Gather(_places + 2, tail) : default;
            var force = forces.Pull(Square<TColumns>(dx, dy, dz));
            var mx = Clip(force * dx, limit);
            var my = Clip(force * dy, limit);
            var mz = TColumns.Count > 2 ? Clip(force * dz, limit) : default;
            // Twice: once for this edge and once for the same in the other direction.
            (mx, my, mz) = (mx + mx, my + my, mz + mz);
            var own = Vector512.Load(head);
            for (var negative = 0; negative < _negatives; negative++)
            {
                dx = x - Vector512.Load(_drawn + pool);
                dy = y - Vector512.Load(_drawn + Length + pool);
                if (TColumns.Count > 2) dz = z - Vector512.Load(_drawn + 2 * Length + pool);
                force = forces.Push(Square<TColumns>(dx, dy, dz));
                force = Vector512.AndNot(force, Vector512.Equals(own, Vector512.Load(_drawnPlaces + pool)).AsSingle());
                mx += Clip(force * dx, limit);
                my += Clip(force * dy, limit);
                if (TColumns.Count > 2) mz += Clip(force * dz, limit);
                pool = (pool + Stride) % LayoutScratch.Pool;
            }
            Vector512.FusedMultiplyAdd(mx, Vector512.Create(_rate), x).Store(moved);
            Vector512.FusedMultiplyAdd(my, Vector512.Create(_rate), y).Store(moved + Lanes);
            if (TColumns.Count > 2) Vector512.FusedMultiplyAdd(mz, Vector512.Create(_rate), z).Store(moved + 2 * Lanes);
            for (var lane = 0; lane < Lanes; lane++)
            {
                var to = _places + head[lane];
                to[0] = moved[lane];
                to[1] = moved[Lanes + lane];
                if (TColumns.Count > 2) to[2] = moved[2 * Lanes + lane];
            }
        }
    }

    /// <summary>With registers of any width, and any number of columns.</summary>
    public void Run(UmapForces forces, int columns)
    {
        var width = Vector<float>.Count;
        float* own = stackalloc float[Math.Max(columns, 1) * Lanes], other = stackalloc float[columns * Lanes], moved = stackalloc float[columns * Lanes];
        var limit = new Vector<float>(UmapForces.Clip);
        var pool = 0;
        for (var step = 0; step < _steps; step++)
        {
            var head = _heads + step * Lanes;
            var tail = _tails + step * Lanes;
            for (var lane = 0; lane < Lanes; lane++)
            {
                for (var d = 0; d < columns; d++)
                {
                    own[d * Lanes + lane] = _places[head[lane] + d];
                    other[d * Lanes + lane] = _places[tail[lane] + d];
                }
            }
            for (var lane = 0; lane < Lanes; lane += width)
            {
                var square = Vector<float>.Zero;
                for (var d = 0; d < columns; d++)
                {
                    var difference = Vector.Load(own + d * Lanes + lane) - Vector.Load(other + d * Lanes + lane);
                    square = d == 0 ? difference * difference : Vector.FusedMultiplyAdd(difference, difference, square);
                }
                var force = forces.Pull(square);
                for (var d = 0; d < columns; d++)
                {
                    var move = force * (Vector.Load(own + d * Lanes + lane) - Vector.Load(other + d * Lanes + lane));
                    move = Vector.Min(Vector.Max(move, -limit), limit);
                    Vector.Store(move + move, moved + d * Lanes + lane);
                }
            }
            for (var negative = 0; negative < _negatives; negative++)
            {
                for (var lane = 0; lane < Lanes; lane += width) Push(forces, columns, own, moved, head, lane, pool + lane);
                pool = (pool + Stride) % LayoutScratch.Pool;
            }
            for (var lane = 0; lane < Lanes; lane += width)
            {
                for (var d = 0; d < columns; d++)
                    Vector.Store(Vector.FusedMultiplyAdd(Vector.Load(moved + d * Lanes + lane), new Vector<float>(_rate), Vector.Load(own + d * Lanes + lane)), own + d * Lanes + lane);
            }
            for (var lane = 0; lane < Lanes; lane++)
            {
                for (var d = 0; d < columns; d++) _places[head[lane] + d] = own[d * Lanes + lane];
            }
        }
    }

    private void Push(UmapForces forces, int columns, float* own, float* moved, int* head, int lane, int pool)
    {
        var limit = new Vector<float>(UmapForces.Clip);
        var square = Vector<float>.Zero;
        for (var d = 0; d < columns; d++)
        {
            var difference = Vector.Load(own + d * Lanes + lane) - Vector.Load(_drawn + d * Length + pool);
            square = d == 0 ? difference * difference : Vector.FusedMultiplyAdd(difference, difference, square);
        }
        var force = Vector.AndNot(forces.Push(square), Vector.AsVectorSingle(Vector.Equals(Vector.Load(head + lane), Vector.Load(_drawnPlaces + pool))));
        for (var d = 0; d < columns; d++)
        {
            var move = force * (Vector.Load(own + d * Lanes + lane) - Vector.Load(_drawn + d * Length + pool));
            Vector.Store(Vector.Load(moved + d * Lanes + lane) + Vector.Min(Vector.Max(move, -limit), limit), moved + d * Lanes + lane);
        }
    }

    private static Vector512<float> Gather(float* from, int* offsets) => Vector512.Create(
        Avx2.GatherVector256(from, Vector256.Load(offsets), sizeof(float)), Avx2.GatherVector256(from, Vector256.Load(offsets + Vector256<int>.Count), sizeof(float)));

    private static Vector512<float> Square<TColumns>(Vector512<float> x, Vector512<float> y, Vector512<float> z)
        where TColumns : struct, ILayoutColumns
    {
        var square = Vector512.FusedMultiplyAdd(y, y, x * x);
        return TColumns.Count > 2 ? Vector512.FusedMultiplyAdd(z, z, square) : square;
    }

    private static Vector512<float> Clip(Vector512<float> move, Vector512<float> limit) => Vector512.Min(Vector512.Max(move, -limit), limit);
}
