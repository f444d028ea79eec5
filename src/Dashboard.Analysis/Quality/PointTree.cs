namespace Dashboard.Analysis;

/// <summary>Points of a few columns in a k-d tree [Bentley 1975]: halved along their widest column until few are left.</summary>
internal sealed class PointTree
{
    private const int Leaf = 12;

    private readonly VectorTable _points;
    private readonly int[] _order;
    private readonly List<Node> _nodes = [];

    private PointTree(VectorTable points)
    {
        _points = points;
        _order = new int[points.Rows];
        for (var row = 0; row < points.Rows; row++) _order[row] = row;
    }

    public static PointTree Build(VectorTable points, CancellationToken cancellation)
    {
        var tree = new PointTree(points);
        tree.Add(0, points.Rows, new float[points.Rows], cancellation);
        return tree;
    }

    /// <summary>The nearest others of a point, squared distances in float64.</summary>
    public void Find(int row, NearestList nearest)
    {
        nearest.Clear();
        Find(0, row, _points.Row(row), nearest);
    }

    private int Add(int from, int to, float[] keys, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var number = _nodes.Count;
        _nodes.Add(default);
        var (column, width) = Widest(from, to);
        if (to - from <= Leaf || width == 0)
        {
            _nodes[number] = new Node(from, to, -1, 0, 0);
            return number;
        }
        for (var at = from; at < to; at++) keys[at] = _points.Row(_order[at])[column];
        Array.Sort(keys, _order, from, to - from);
        var middle = from + (to - from) / 2;
        var cut = keys[middle];
        Add(from, middle, keys, cancellation);
        var right = Add(middle, to, keys, cancellation);
        _nodes[number] = new Node(from, to, column, cut, right);
        return number;
    }

    private (int Column, float Width) Widest(int from, int to)
    {
        var (column, width) = (0, 0f);
        for (var at = 0; at < _points.Columns; at++)
        {
            var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
            for (var place = from; place < to; place++)
            {
                var value = _points.Row(_order[place])[at];
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
            if (high - low > width) (column, width) = (at, high - low);
        }
        return (column, width);
    }

    private void Find(int number, int row, ReadOnlySpan<float> point, NearestList nearest)
    {
        var node = _nodes[number];
        if (node.Column < 0)
        {
            // A leaf that is longer holds equal points, of which the first say all there is to say.
            var end = Math.Min(node.To, node.From + Math.Max(Leaf, nearest.Count + 1));
            for (var at = node.From; at < end; at++)
            {
                if (_order[at] != row) nearest.Offer(_order[at], VectorDistance.Squared(point, _points.Row(_order[at])));
            }
            return;
        }
        var apart = (double)point[node.Column] - node.Cut;
        Find(apart < 0 ? number + 1 : node.Right, row, point, nearest);
        if (!nearest.IsFull || apart * apart <= nearest.Nearest[^1].Distance) Find(apart < 0 ? node.Right : number + 1, row, point, nearest);
    }

    // The left half is the next node.
    private readonly record struct Node(int From, int To, int Column, float Cut, int Right);
}
