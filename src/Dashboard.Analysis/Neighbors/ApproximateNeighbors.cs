namespace Dashboard.Analysis;

/// <summary>Trees, descent, and then an exact search for some rows that tells how much of what they found is right.</summary>
internal static unsafe class ApproximateNeighbors
{
    private const int Trees = 4;
    private const int Rounds = 12;

    // Rows whose neighbours are searched exactly for the recall.
    private const int Judged = 1000;

    // Neighbours that changed in a round, as a share of all, at which descent ends.
    private const double Settled = 0.002;

    // Some more candidates than asked for: descent gets out of corners through them.
    private const int More = 5;

    private const int SmallestLeaf = 48;

    /// <summary>Finds them. There are more rows than <paramref name="count"/>.</summary>
    public static NeighborTable Find(IVectorRows rows, int count, ulong seed, ComputeOptions options)
    {
        var table = VectorTable.Of(rows);
        var keep = Keep(rows.Rows, count);
        using var pinned = table.Values.AsMemory().Pin();
        var values = (float*)pinned.Pointer;
        var heaps = new NeighborHeaps(rows.Rows, keep, rows.Rows);
        var descent = new NeighborDescent(table, values, heaps, seed, options);
        var advance = new Advance(options, 0.05, 0.3, Trees);
        int[] order = [];
        for (var tree = 0; tree < Trees; tree++)
        {
            order = descent.Plant(tree, Math.Max(SmallestLeaf, 2 * keep));
            advance.Step();
        }
        var before = new int[rows.Rows * keep];
        before.AsSpan().Fill(-1);
        for (var round = 0; round < Rounds; round++)
        {
            // Most rounds' work is in the first few.
            var share = 0.3 + 0.55 * (1 - Math.Pow(0.6, round));
            advance = new Advance(options, share, 0.3 + 0.55 * (1 - Math.Pow(0.6, round + 1)), rows.Rows);
            if (!descent.Round(ref before, round, keep, order, (long)(Settled * rows.Rows * keep), advance)) break;
        }
        var (indices, distances) = Sorted(table, heaps, count, options);
        var recall = Recall(table, values, distances, count, seed, options);
        return new NeighborTable(rows.Rows, count, indices, distances, exact: false) { Recall = recall };
    }

    public static long MemoryBytes(int rows, int count) =>
        (long)rows * (Keep(rows, count) * (sizeof(float) + 4 * sizeof(int) + sizeof(bool)) + count * (sizeof(float) + sizeof(int)) + 4 * sizeof(int));

    private static int Keep(int rows, int count) => Math.Min(rows - 1, count + More);

    private static (int[] Indices, float[] Distances) Sorted(VectorTable table, NeighborHeaps heaps, int count, ComputeOptions options)
    {
        var (indices, distances) = (new int[table.Rows * count], new float[table.Rows * count]);
        var advance = new Advance(options, 0.85, 0.9, table.Rows);
        Blocks.For(table.Rows, 256, options, (_, from, to) =>
        {
            var found = new Neighbor[heaps.Keep];
            for (var row = from; row < to; row++)
            {
                var candidates = heaps.IndicesOf(row);
                for (var at = 0; at < candidates.Length; at++) found[at] = new Neighbor(candidates[at], VectorDistance.Squared(table.Row(row), table.Row(candidates[at])));
                Array.Sort(found, 0, candidates.Length, NeighborOrder.Instance);
                for (var at = 0; at < count; at++)
                {
                    indices[row * count + at] = found[at].Row;
                    distances[row * count + at] = (float)Math.Sqrt(found[at].Distance);
                }
            }
            advance.Step(to - from);
        });
        return (indices, distances);
    }

    // A neighbour that is as near as the last exact one is right, whichever of equal ones it is.
    private static double Recall(VectorTable table, float* values, float[] distances, int count, ulong seed, ComputeOptions options)
    {
        const int Group = 64;
        var judged = new int[Math.Min(Judged, table.Rows)];
        var random = new SeededRandom(seed, -1);
        for (var at = 0; at < judged.Length; at++) judged[at] = (int)((long)table.Rows * at / judged.Length) + random.Next(Math.Max(1, table.Rows / judged.Length));
        var hits = new int[judged.Length];
        var advance = new Advance(options, 0.9, 1, judged.Length);
        Blocks.For(judged.Length, Group, options, (_, from, to) =>
        {
            var exact = new NeighborHeaps(to - from, count, to - from);
            var rows = Array.ConvertAll(judged[from..to], row => (nint)(values + (long)row * table.Columns));
            var chunk = Math.Min(64, table.Rows);
            var others = new nint[chunk];
            var found = new float[(to - from) * chunk];
            for (var first = 0; first < table.Rows; first += chunk)
            {
                options.Cancellation.ThrowIfCancellationRequested();
                var have = Math.Min(chunk, table.Rows - first);
                for (var at = 0; at < have; at++) others[at] = (nint)(values + (long)(first + at) * table.Columns);
                SquaredDistances.Fill(rows, others.AsSpan(0, have), table.Columns, found, chunk, upper: false);
                for (var at = from; at < to; at++)
                {
                    for (var other = 0; other < have; other++)
                    {
                        var distance = found[(at - from) * chunk + other];
                        if (distance <= exact.Worst[at - from] && first + other != judged[at]) exact.Offer(at - from, distance, first + other);
                    }
                }
            }
            for (var at = from; at < to; at++)
            {
                // Both were rounded, by some 1e-7 for each of the roots.
                var reach = Math.Sqrt(exact.Worst[at - from]) * (1 + 1e-6);
                for (var neighbor = 0; neighbor < count; neighbor++)
                {
                    if (distances[judged[at] * count + neighbor] <= reach) hits[at]++;
                }
            }
            advance.Step(to - from);
        });
        return (double)hits.Sum() / ((long)judged.Length * count);
    }
}
