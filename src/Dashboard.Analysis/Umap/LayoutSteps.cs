using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dashboard.Analysis;

/// <summary>The steps of one block in one epoch: in each, sixteen rows are pulled to one neighbour each and pushed away from some drawn at random.</summary>
internal readonly unsafe ref struct LayoutSteps
{
    /// <summary>Numbers from one column of the pool to the next.</summary>
    public const int PoolLength = LayoutScratch.Pool + Lanes;

    /// <summary>From one group of draws to the next: odd, so that a lane comes by all draws of the pool and not by every sixteenth.</summary>
    public const int PoolStride = Lanes + 1;

    private const int Lanes = LayoutPlan.Lanes;

    /// <summary>Coordinates, a place after the other: all as they were and all as they become.</summary>
    public float* Places { get; init; }

    /// <summary>steps × 16 offsets of those that move; no two of a step are the same, but for lanes without work.</summary>
    public int* Heads { get; init; }

    /// <summary>steps × 16 offsets of those that they are pulled to: as they become in the same block, else as they were.</summary>
    public int* Tails { get; init; }

    /// <summary>Coordinates of the pool, column by column.</summary>
    public float* Drawn { get; init; }

    /// <summary>Their offsets, as the heads'.</summary>
    public int* DrawnPlaces { get; init; }

    public int Steps { get; init; }

    /// <summary>Where in the pool the first draws are.</summary>
    public int Pool { get; init; }

    /// <summary>The offset of the block's first place as it becomes.</summary>
    public int First { get; init; }

    /// <summary>The length of its places.</summary>
    public int Length { get; init; }

    /// <summary>What leads from a place as it becomes to the same as it was.</summary>
    public int Back { get; init; }

    /// <summary>Pushes for a pull.</summary>
    public int Negatives { get; init; }

    /// <summary>The learning rate.</summary>
    public float Rate { get; init; }

    /// <summary>With registers of any width, and any number of columns.</summary>
    /// <returns>Where in the pool the next draws are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Run(UmapForces forces, int columns)
    {
        float* own = stackalloc float[columns * Lanes], apart = stackalloc float[columns * Lanes], moved = stackalloc float[columns * Lanes], pulled = stackalloc float[columns * Lanes];
        var pool = Pool;
        for (var step = 0; step < Steps; step++)
        {
            int* head = Heads + step * Lanes, tail = Tails + step * Lanes;
            for (var lane = 0; lane < Lanes; lane++)
            {
                var from = head[lane] + (Near(tail[lane]) ? 0 : Back);
                for (var d = 0; d < columns; d++)
                {
                    own[d * Lanes + lane] = Places[head[lane] + d];
                    apart[d * Lanes + lane] = Places[from + d] - Places[tail[lane] + d];
                }
            }
            for (var lane = 0; lane < Lanes; lane += Vector<float>.Count) Pull(forces, columns, tail + lane, apart + lane, pulled + lane, moved + lane);
            for (var negative = 0; negative < Negatives; negative++)
            {
                for (var lane = 0; lane < Lanes; lane += Vector<float>.Count) Push(forces, columns, own + lane, moved + lane, head + lane, pool + lane);
                pool = (pool + PoolStride) % LayoutScratch.Pool;
            }
            for (var lane = 0; lane < Lanes; lane++)
            {
                var near = Near(tail[lane]);
                float* to = Places + head[lane], other = Places + (near ? tail[lane] : head[lane]);
                for (var d = 0; d < columns; d++)
                {
                    to[d] += moved[d * Lanes + lane] * Rate;
                    other[d] -= (near ? pulled[d * Lanes + lane] : -pulled[d * Lanes + lane]) * Rate;
                }
            }
        }
        return pool;
    }

    private bool Near(int tail) => (uint)(tail - First) < (uint)Length;

    private void Pull(UmapForces forces, int columns, int* tail, float* apart, float* pulled, float* moved)
    {
        var limit = new Vector<float>(UmapForces.Clip);
        var square = Square(columns, apart);
        var force = forces.Pull(square);
        // Two moves of both ends one after the other leave (1 − 2cα)² of their distance; both at once, from where they were, would leave 1 − 4cα and swing. So they are shortened by 1 − cα.
        var near = Vector.LessThan(Vector.AsVectorUInt32(Vector.Load(tail) - new Vector<int>(First)), new Vector<uint>((uint)Length));
        force *= Vector.ConditionalSelect(Vector.AsVectorInt32(near), Vector<float>.One, Vector.Max(Vector<float>.Zero, Vector.FusedMultiplyAdd(force, new Vector<float>(Rate), Vector<float>.One)));
        for (var d = 0; d < columns; d++)
        {
            var move = Vector.Min(Vector.Max(force * Vector.Load(apart + d * Lanes), -limit), limit);
            Vector.Store(move, pulled + d * Lanes);
            Vector.Store(move, moved + d * Lanes);
        }
    }

    private void Push(UmapForces forces, int columns, float* own, float* moved, int* head, int pool)
    {
        var limit = new Vector<float>(UmapForces.Clip);
        float* apart = stackalloc float[columns * Lanes];
        for (var d = 0; d < columns; d++) Vector.Store(Vector.Load(own + d * Lanes) - Vector.Load(Drawn + d * PoolLength + pool), apart + d * Lanes);
        var force = Vector.AndNot(forces.Push(Square(columns, apart)), Vector.AsVectorSingle(Vector.Equals(Vector.Load(head), Vector.Load(DrawnPlaces + pool))));
        for (var d = 0; d < columns; d++)
        {
            var move = Vector.Min(Vector.Max(force * Vector.Load(apart + d * Lanes), -limit), limit);
            Vector.Store(Vector.Load(moved + d * Lanes) + move, moved + d * Lanes);
        }
    }

    // From the second column to the first and then on, as the wide way does it.
    private static Vector<float> Square(int columns, float* apart)
    {
        var first = Vector.Load(apart);
        var square = first * first;
        for (var d = 1; d < columns; d++) square = Vector.FusedMultiplyAdd(Vector.Load(apart + d * Lanes), Vector.Load(apart + d * Lanes), square);
        return square;
    }
}
