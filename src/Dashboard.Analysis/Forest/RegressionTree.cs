using System.Runtime.InteropServices;

namespace Dashboard.Analysis;

/// <summary>One tree, grown until its leaves are small or pure.</summary>
internal sealed class RegressionTree
{
    private readonly List<Node> _nodes = [];
    private readonly byte[][] _bins;
    private readonly bool[] _used;

    /// <summary>Grows it on rows, which are reordered; a row drawn twice is there twice.</summary>
    public RegressionTree(IReadOnlyList<BinnedFeature> features, double[] target, int[] rows, int smallestSplit, ref SeededRandom random)
    {
        _bins = [.. features.Select(feature => feature.Bins)];
        _used = new bool[features.Count];
        var finder = new SplitFinder(features, target);
        var candidates = new int[features.Count];
        for (var at = 0; at < candidates.Length; at++)
            candidates[at] = at;
        // A third of the features [Breiman 2001], but three where there are so many: with fewer, most splits would have no choice.
        var tried = Math.Max(Math.Min(3, features.Count), (features.Count + 2) / 3);
        var open = new Stack<(int Node, int From, int To)>();
        _nodes.Add(default);
        open.Push((0, 0, rows.Length));
        while (open.TryPop(out var part))
        {
            var span = rows.AsSpan(part.From, part.To - part.From);
            var split = span.Length < smallestSplit ? new Split() : finder.Find(span, tried, candidates, ref random);
            if (split.Feature < 0)
            {
                _nodes[part.Node] = new Node { Feature = -1, Value = Mean(target, span) };
                continue;
            }
            var left = Partition(span, features[split.Feature].Bins, split.Left);
            _used[split.Feature] = true;
            _nodes[part.Node] = new Node { Feature = split.Feature, Child = _nodes.Count, Left = split.Left };
            open.Push((_nodes.Count + 1, part.From + left, part.To));
            open.Push((_nodes.Count, part.From, part.From + left));
            _nodes.Add(default);
            _nodes.Add(default);
        }
    }

    /// <summary>Whether any of its splits is by the feature.</summary>
    public bool Uses(int feature) => _used[feature];

    /// <summary>The prediction for a row.</summary>
    public double Predict(int row) => Predict(row, -1, 0);

    /// <summary>The prediction for a row as if one of its features were in another bin.</summary>
    public double Predict(int row, int changed, byte bin)
    {
        var nodes = CollectionsMarshal.AsSpan(_nodes);
        ref readonly var node = ref nodes[0];
        while (node.Feature >= 0)
        {
            var at = node.Feature == changed ? bin : _bins[node.Feature][row];
            node = ref nodes[node.Left.Holds(at) ? node.Child : node.Child + 1];
        }
        return node.Value;
    }

    private static double Mean(double[] target, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (var row in rows)
            sum += target[row];
        return sum / rows.Length;
    }

    private static int Partition(Span<int> rows, byte[] bins, in BinSet left)
    {
        var count = 0;
        for (var at = 0; at < rows.Length; at++)
        {
            if (!left.Holds(bins[rows[at]]))
                continue;
            (rows[at], rows[count]) = (rows[count], rows[at]);
            count++;
        }
        return count;
    }

    /// <summary>A split, with its children side by side, or a leaf (feature −1) with its value.</summary>
    private struct Node
    {
        public int Feature;
        public int Child;
        public double Value;
        public BinSet Left;
    }
}
