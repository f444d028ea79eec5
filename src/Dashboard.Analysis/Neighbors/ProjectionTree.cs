using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>Rows split by random planes until the parts are small [Dasgupta and Freund 2008]: each plane stands half-way between two random rows of its part. A part's rows are mostly near each other.</summary>
internal sealed class ProjectionTree
{
    private const int BlockRows = 2048;

    // After so many planes the parts that are still too large hold rows that no plane tells apart; they are halved as they stand.
    private const int MostLevels = 60;

    private readonly VectorTable _table;
    private readonly int _leaf;
    private readonly ulong _seed;
    private readonly int[] _order;
    private readonly int[] _spare;
    private readonly bool[] _right;

    private ProjectionTree(VectorTable table, int leaf, ulong seed)
    {
        (_table, _leaf, _seed) = (table, leaf, seed);
        (_order, _spare, _right) = (new int[table.Rows], new int[table.Rows], new bool[table.Rows]);
        for (var row = 0; row < table.Rows; row++) _order[row] = row;
    }

    /// <summary>Builds one.</summary>
    /// <param name="table">Rows.</param>
    /// <param name="leaf">Rows of a part at the most.</param>
    /// <param name="seed">Draws the planes.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>The rows, part after part, and where each part starts, with the number of rows at the end.</returns>
    public static (int[] Order, int[] Starts) Build(VectorTable table, int leaf, ulong seed, ComputeOptions options)
    {
        var tree = new ProjectionTree(table, leaf, seed);
        var starts = new List<int> { 0, table.Rows };
        for (var level = 0; ; level++)
        {
            var next = tree.Split(starts, level, options);
            if (next.Count == starts.Count) return (tree._order, [.. starts]);
            starts = next;
        }
    }

    private List<int> Split(List<int> starts, int level, ComputeOptions options)
    {
        var parts = starts.Count - 1;
        var planes = new (float[] Normal, float Offset)?[parts];
        Blocks.For(parts, 16, options, (_, from, to) =>
        {
            for (var part = from; part < to; part++) planes[part] = starts[part + 1] - starts[part] > _leaf && level < MostLevels ? Draw(starts[part], starts[part + 1], level) : null;
        });
        // Sides of all rows of all parts, in blocks that do not care where a part ends.
        Blocks.For(_table.Rows, BlockRows, options, (_, from, to) =>
        {
            var part = starts.BinarySearch(from);
            if (part < 0) part = ~part - 1;
            for (var at = from; at < to; at++)
            {
                while (at >= starts[part + 1]) part++;
                if (planes[part] is { } plane) _right[at] = TensorPrimitives.Dot<float>(plane.Normal, _table.Row(_order[at])) > plane.Offset;
            }
        });
        var cuts = new int[parts];
        Blocks.For(parts, 64, options, (_, from, to) =>
        {
            for (var part = from; part < to; part++) cuts[part] = starts[part + 1] - starts[part] > _leaf ? Divide(starts[part], starts[part + 1]) : -1;
        });
        var next = new List<int>(2 * starts.Count);
        for (var part = 0; part < parts; part++)
        {
            next.Add(starts[part]);
            if (cuts[part] > 0) next.Add(cuts[part]);
        }
        next.Add(_table.Rows);
        return next;
    }

    private (float[] Normal, float Offset) Draw(int from, int to, int level)
    {
        var random = new SeededRandom(_seed + (ulong)level, from);
        var a = random.Next(to - from);
        var b = random.Next(to - from - 1);
        if (b >= a) b++;
        var (first, second) = (_table.Values.AsMemory(_order[from + a] * _table.Columns, _table.Columns), _table.Values.AsMemory(_order[from + b] * _table.Columns, _table.Columns));
        var normal = new float[_table.Columns];
        TensorPrimitives.Subtract(first.Span, second.Span, normal);
        return (normal, (TensorPrimitives.Dot<float>(normal, first.Span) + TensorPrimitives.Dot<float>(normal, second.Span)) / 2);
    }

    // Keeps the order within each side. Where one side is empty, the part is halved.
    private int Divide(int from, int to)
    {
        var (left, right) = (from, 0);
        for (var at = from; at < to; at++)
        {
            if (_right[at]) _spare[from + right++] = _order[at];
            else _order[left++] = _order[at];
        }
        _spare.AsSpan(from, right).CopyTo(_order.AsSpan(left));
        Array.Clear(_right, from, to - from);
        return left == from || left == to ? from + (to - from) / 2 : left;
    }
}
