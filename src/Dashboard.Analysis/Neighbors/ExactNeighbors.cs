using System.Collections.Concurrent;

namespace Dashboard.Analysis;

/// <summary>Every pair is looked at in float32, with some more candidates than asked for; then float64 distances decide, and where rounding could have hidden a nearer one
/// the row is searched again in float64.</summary>
internal sealed unsafe class ExactNeighbors
{
    // A block is packed once for each other block: long ones spread that, and both stay in the third cache.
    private const int MostRows = 3840;
    private const int FewestRows = 96;
    private const int BlockNumbers = 1 << 21;

    // Rows that are put side by side.
    private const int Part = 512;

    private readonly IVectorRows _rows;
    private readonly CentredRows _centred;
    private readonly ComputeOptions _options;
    private readonly int _count;
    private readonly int _size;
    private readonly int[] _order;
    private readonly NeighborHeaps _heaps;
    private readonly AlignedArray<float> _norms;

    private ExactNeighbors(IVectorRows rows, float[] centre, int count, ComputeOptions options)
    {
        (_rows, _count, _options) = (rows, count, options);
        _size = BlockRows(rows.Rows, rows.Columns);
        _order = Order(rows, options);
        _centred = new CentredRows(new OrderedRows(rows, _order), centre);
        var padded = rows.Rows + TileKernel.Right;
        _heaps = new NeighborHeaps(rows.Rows, Keep(rows.Rows, count), padded);
        _norms = new AlignedArray<float>(padded, zeros: false);
        _norms.Span[rows.Rows..].Fill(float.NaN);
    }

    /// <summary>Finds them. There are more rows than <paramref name="count"/>.</summary>
    public static NeighborTable Find(IVectorRows rows, float[] centre, int count, ComputeOptions options)
    {
        var search = new ExactNeighbors(rows, centre, count, options);
        search.Measure();
        search.Pairs();
        return search.Decide();
    }

    public static long MemoryBytes(int rows, int columns, int count, int threads) =>
        (long)rows * (Keep(rows, count) * (sizeof(float) + sizeof(int)) + count * (sizeof(float) + sizeof(int)) + 3 * sizeof(float) + 4 * sizeof(int))
        + (long)threads * 3 * sizeof(float) * BlockRows(rows, columns) * columns;

    private static int Keep(int rows, int count) => Math.Min(rows - 1, count + Math.Max(8, count / 8));

    private static int BlockRows(int rows, int columns) =>
        Math.Clamp(Math.Min(BlockNumbers / columns, rows / 8) / FewestRows * FewestRows, FewestRows, MostRows);

    // Near rows in one block, where that costs little: the first pairs then find most of what stays, and few of the rest get into the heaps at all.
    private static int[] Order(IVectorRows rows, ComputeOptions options) =>
        rows is VectorTable table ? ProjectionTree.Build(table, Part, 0, options).Order : [.. Enumerable.Range(0, rows.Rows)];

    private void Measure() => Blocks.For(_rows.Rows, _size, _options, (_, from, to) =>
    {
        var chunk = RowBuffer.Chunk(_rows.Columns);
        var buffer = new RowBuffer(_centred);
        for (var first = from; first < to; first += chunk)
        {
            var count = Math.Min(chunk, to - first);
            var values = buffer.Read(first, count);
            for (var row = 0; row < count; row++) _norms.Pointer[first + row] = DistanceTiles.SquaredNorm(values.Slice(row * _rows.Columns, _rows.Columns));
        }
    });

    // By diagonals: pairs that are taken at the same time then rarely share a block, and seldom wait for each other.
    private void Pairs()
    {
        var blocks = Blocks.Count(_rows.Rows, _size);
        var pairs = new List<(int Left, int Right)>();
        for (var apart = 0; apart < blocks; apart++)
        {
            for (var left = 0; left + apart < blocks; left++) pairs.Add((left, left + apart));
        }
        var locks = new Lock[blocks];
        for (var block = 0; block < blocks; block++) locks[block] = new Lock();
        var free = new ConcurrentBag<DistanceTiles>();
        var advance = new Advance(_options, 0.05, 0.9, pairs.Count);
        var next = -1;
        // One pair after the other in this order, which Parallel.For would not keep.
        Blocks.For(Math.Clamp(_options.Threads, 1, pairs.Count), 1, _options, (_, _, _) =>
        {
            if (!free.TryTake(out var tiles)) tiles = new DistanceTiles(_size, _rows.Columns);
            for (var at = Interlocked.Increment(ref next); at < pairs.Count; at = Interlocked.Increment(ref next))
            {
                var (left, right) = pairs[at];
                tiles.Offer(_centred, Range(left), Range(right), _norms.Pointer, _heaps, _order, (locks[left], locks[right]), _options.Cancellation);
                advance.Step();
            }
            free.Add(tiles);
        });
    }

    private (int First, int Count) Range(int block) => (block * _size, Math.Min(_size, _rows.Rows - block * _size));

    private NeighborTable Decide()
    {
        var (indices, distances) = (new int[checked(_rows.Rows * _count)], new float[_rows.Rows * _count]);
        var advance = new Advance(_options, 0.9, 1, _rows.Rows);
        Blocks.For(_rows.Rows, 256, _options, (_, from, to) =>
        {
            var own = new RowBuffer(_rows);
            var other = new RowBuffer(_rows);
            var found = new Neighbor[_heaps.Keep];
            for (var place = from; place < to; place++)
            {
                _options.Cancellation.ThrowIfCancellationRequested();
                var row = _order[place];
                var values = own.Read(row, 1);
                var candidates = _heaps.IndicesOf(place);
                for (var at = 0; at < candidates.Length; at++) found[at] = new Neighbor(candidates[at], VectorDistance.Squared(values, other.Read(candidates[at], 1)));
                Array.Sort(found, 0, candidates.Length, NeighborOrder.Instance);
                var sure = candidates.Length == _rows.Rows - 1 || IsSure(place, found[_count - 1].Distance);
                var nearest = sure ? found : NeighborQuery.FindSquared(_rows, values.ToArray(), row, _count, _options.Cancellation);
                for (var at = 0; at < _count; at++)
                {
                    indices[row * _count + at] = nearest[at].Row;
                    distances[row * _count + at] = (float)Math.Sqrt(nearest[at].Distance);
                }
            }
            advance.Step(to - from);
        });
        return new NeighborTable(_rows.Rows, _count, indices, distances, exact: true);
    }

    // Whether none that was dropped can be nearer than the last one found. A dropped one's float32 distance is at least the worst kept; what rounding takes off is at most
    // 2γ(‖a‖² + ‖b‖²), γ = (columns + 4)·2⁻²⁴ [Higham 2002, 3.1]. One with ‖b‖ beyond ‖a‖ + 2d is farther than d in any case.
    private bool IsSure(int place, double squared)
    {
        if (squared == 0) return true;
        double norm = _norms.Pointer[place];
        var reach = Math.Sqrt(norm) + 2 * Math.Sqrt(squared);
        var rounding = 2 * (_rows.Columns + 4) * Math.ScaleB(1, -24) * (norm + reach * reach);
        return squared < _heaps.Worst[place] - rounding;
    }
}
