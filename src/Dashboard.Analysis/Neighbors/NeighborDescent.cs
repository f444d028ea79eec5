using System.Collections.Concurrent;

namespace Dashboard.Analysis;

/// <summary>Neighbours of neighbours are likely neighbours: each round brings together whom a row knows and by whom it is known, until little changes [Dong, Moses and Li 2011].
/// It starts from the parts of random projection trees. A round's pairs are settled before it starts and what is kept does not depend on the order of offers, so neither
/// does the result on threads.</summary>
internal sealed unsafe class NeighborDescent
{
    private const int Locks = 4096;
    private const int BlockRows = 128;

    private readonly VectorTable _table;
    private readonly float* _values;
    private readonly NeighborHeaps _heaps;
    private readonly ulong _seed;
    private readonly ComputeOptions _options;
    private readonly Lock[] _locks = new Lock[Locks];
    private readonly ConcurrentBag<Workspace> _free = [];

    /// <param name="table">Rows.</param>
    /// <param name="values">Where they are pinned.</param>
    /// <param name="heaps">Where candidates go.</param>
    /// <param name="seed">Draws planes and samples.</param>
    /// <param name="options">Threads and cancellation.</param>
    public NeighborDescent(VectorTable table, float* values, NeighborHeaps heaps, ulong seed, ComputeOptions options)
    {
        (_table, _heaps, _seed, _options) = (table, heaps, seed, options);
        _values = values;
        for (var at = 0; at < Locks; at++) _locks[at] = new Lock();
    }

    /// <summary>Brings the rows of each part of a tree together. Parts have no row in common.</summary>
    /// <returns>Rows in an order in which near ones are mostly near.</returns>
    public int[] Plant(int number, int leaf)
    {
        var (order, starts) = ProjectionTree.Build(_table, leaf, _seed + ((ulong)number << 32), _options);
        Blocks.For(starts.Length - 1, 16, _options, (_, from, to) =>
        {
            var space = Take();
            for (var part = from; part < to; part++)
            {
                _options.Cancellation.ThrowIfCancellationRequested();
                space.Rows.Clear();
                space.Rows.AddRange(order.AsSpan(starts[part], starts[part + 1] - starts[part]));
                Join(space, space.Rows.Count);
            }
            _free.Add(space);
        });
        return order;
    }

    /// <summary>One round. Says how many neighbours are new since the round before.</summary>
    /// <param name="before">Neighbours of the round before; those of this one when it returns.</param>
    /// <param name="round">Its number.</param>
    /// <param name="most">Rows at the most, of those by whom a row is known.</param>
    /// <param name="order">Rows in an order that keeps near ones in the cache.</param>
    /// <param name="enough">Changes at which no pairs are looked at any more.</param>
    /// <param name="advance">Hears of the rows.</param>
    public bool Round(ref int[] before, int round, int most, int[] order, long enough, Advance advance)
    {
        var lists = new JoinLists(_heaps, _table.Rows, before, _options);
        before = lists.Now;
        if (lists.Changes <= enough) return false;
        var seed = _seed ^ ((ulong)(round + 1) << 40);
        Blocks.For(_table.Rows, BlockRows, _options, (_, from, to) =>
        {
            var space = Take();
            for (var at = from; at < to; at++)
            {
                _options.Cancellation.ThrowIfCancellationRequested();
                Join(space, lists.Collect(order[at], most, seed, space.Rows));
            }
            _free.Add(space);
            advance.Step(to - from);
        });
        return true;
    }

    private Workspace Take() => _free.TryTake(out var space) ? space : new Workspace();

    // The first few with each other, and with all the rest.
    private void Join(Workspace space, int first)
    {
        var count = space.Rows.Count;
        if (first == 0 || count < 2) return;
        space.Fit(first, count);
        for (var at = 0; at < count; at++) space.Places[at] = (nint)(_values + (long)space.Rows[at] * _table.Columns);
        SquaredDistances.Fill(space.Places.AsSpan(0, first), space.Places.AsSpan(0, count), _table.Columns, space.Distances, count, upper: true);
        for (var i = 0; i < first; i++)
        {
            var row = space.Rows[i];
            for (var j = i + 1; j < count; j++)
            {
                var (other, distance) = (space.Rows[j], space.Distances[i * count + j]);
                if (other == row) continue;
                Offer(row, other, distance);
                Offer(other, row, distance);
            }
        }
    }

    private void Offer(int row, int other, float distance)
    {
        // Thresholds only fall: what does not pass now would not pass under the lock either.
        if (!(distance <= _heaps.Worst[row])) return;
        lock (_locks[row % Locks]) _heaps.OfferOnce(row, distance, other);
    }

    private sealed class Workspace
    {
        public List<int> Rows { get; } = [];

        public nint[] Places { get; private set; } = [];

        public float[] Distances { get; private set; } = [];

        public void Fit(int first, int count)
        {
            if (Places.Length < count) Places = new nint[2 * count];
            if (Distances.Length < first * count) Distances = new float[2 * first * count];
        }
    }
}
