using System.Runtime.CompilerServices;

namespace Dashboard.Analysis;

/// <summary>
/// The order in which a layout goes about its work: rows next to each other in the start are next to each other in memory, in blocks that a thread
/// takes whole, each of them cut into sixteen strips of about equal work that go side by side through the lanes of a register.
/// </summary>
internal sealed class LayoutPlan
{
    /// <summary>Strips of a block.</summary>
    public const int Lanes = 16;

    private LayoutPlan(int block, int[] order, int[] heads, int[] tails, float[] rates, long[] strips) =>
        (Block, Order, Heads, Tails, Rates, Strips) = (block, order, heads, tails, rates, strips);

    /// <summary>Rows of a block, but for the last.</summary>
    public int Block { get; }

    /// <summary>Which row stands at each place.</summary>
    public int[] Order { get; }

    /// <summary>The place that each edge moves.</summary>
    public int[] Heads { get; }

    /// <summary>The place that it is moved towards.</summary>
    public int[] Tails { get; }

    /// <summary>The edge's weight over the largest: in how many of the epochs it takes part.</summary>
    public float[] Rates { get; }

    /// <summary>Where each strip's edges begin: blocks × <see cref="Lanes"/> and an end.</summary>
    public long[] Strips { get; }

    /// <summary>Makes a plan.</summary>
    /// <param name="graph">Who is drawn to whom.</param>
    /// <param name="start">rows × dimensions coordinates.</param>
    /// <param name="dimensions">Columns.</param>
    /// <param name="block">Rows of a block.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static LayoutPlan Of(FuzzyGraph graph, float[] start, int dimensions, int block, ComputeOptions options)
    {
        var rows = graph.Rows;
        var order = new int[rows];
        for (var row = 0; row < rows; row++) order[row] = row;
        Halve(order, start, dimensions, block, new float[rows], 0, rows, options.Cancellation);
        var place = new int[rows];
        for (var at = 0; at < rows; at++) place[order[at]] = at;
        var starts = new long[rows + 1];
        for (var at = 0; at < rows; at++) starts[at + 1] = starts[at] + graph.Starts[order[at] + 1] - graph.Starts[order[at]];
        var (heads, tails, rates) = (new int[starts[rows]], new int[starts[rows]], new float[starts[rows]]);
        var largest = graph.LargestWeight();
        Blocks.For(rows, block, options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_, first, end) =>
        {
            for (var at = first; at < end; at++)
            {
                var to = starts[at];
                for (var from = graph.Starts[order[at]]; from < graph.Starts[order[at] + 1]; from++)
                {
                    (heads[to], tails[to], rates[to]) = (at, place[graph.Ends[from]], graph.Weights[from] / largest);
                    to++;
                }
            }
        });
        return new LayoutPlan(block, order, heads, tails, rates, Cut(rows, block, starts, rates));
    }

    // Median cuts of the longer side, at whole blocks as long as there are several, then down to a few rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Halve(int[] order, float[] start, int dimensions, int block, float[] keys, int first, int end, CancellationToken cancellation)
    {
        var length = end - first;
        if (length <= Lanes) return;
        cancellation.ThrowIfCancellationRequested();
        var (side, widest) = (0, -1f);
        for (var d = 0; d < dimensions; d++)
        {
            var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
            for (var at = first; at < end; at++)
            {
                var value = start[(long)order[at] * dimensions + d];
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            if (high - low > widest) (side, widest) = (d, high - low);
        }
        for (var at = first; at < end; at++) keys[at] = start[(long)order[at] * dimensions + side];
        keys.AsSpan(first, length).Sort(order.AsSpan(first, length));
        var half = length > block ? Blocks.Count(length, block) / 2 * block : length / 2;
        Halve(order, start, dimensions, block, keys, first, first + half, cancellation);
        Halve(order, start, dimensions, block, keys, first + half, end, cancellation);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] Cut(int rows, int block, long[] starts, float[] rates)
    {
        var blocks = Blocks.Count(rows, block);
        var strips = new long[blocks * Lanes + 1];
        for (var number = 0; number < blocks; number++)
        {
            var (first, end) = (number * block, Math.Min(rows, (number + 1) * block));
            double all = 0, done = 0;
            for (var at = starts[first]; at < starts[end]; at++) all += rates[at];
            var lane = 0;
            strips[number * Lanes] = starts[first];
            for (var row = first; row < end; row++)
            {
                // A row stays whole: two strips must never move the same one.
                while (lane < Lanes - 1 && done >= all * (lane + 1) / Lanes) strips[number * Lanes + ++lane] = starts[row];
                for (var at = starts[row]; at < starts[row + 1]; at++) done += rates[at];
            }
            while (lane < Lanes - 1) strips[number * Lanes + ++lane] = starts[end];
        }
        strips[^1] = starts[rows];
        return strips;
    }
}
