namespace Dashboard.Analysis;

/// <summary>
/// Points sorted along Morton's curve, and a tree over them: a node is a run of sorted points that share the first bits of their place, in preorder, so that a walk needs no stack.
/// </summary>
internal sealed unsafe class MortonTree
{
    /// <summary>A node with no more points has no children.</summary>
    private const int LeafPoints = 8;

    /// <summary>The largest nodes with no more points are the groups that walk the tree together.</summary>
    private const int GroupPoints = 48;

    private readonly TsneSpace _space;
    private readonly PhaseTeam _team;
    private readonly MortonOrder _order;
    private readonly Action<int, int, int> _copy;
    private Node[] _nodes = new Node[1024];
    private (int First, int End)[] _groups = new (int, int)[256];

    public MortonTree(TsneSpace space, PhaseTeam team)
    {
        (_space, _team, _order, _copy) = (space, team, new MortonOrder(space), Copy);
        Sorted = [.. Enumerable.Range(0, space.Dimensions).Select(_ => new AlignedArray<float>(space.Padded))];
    }

    /// <summary>Bytes: keys, positions, and a node a point, which is twice what uneven pictures have.</summary>
    public static long MemoryBytes(int rows) => rows * (4L * 7 + sizeof(Node));

    /// <summary>Positions in the order of the tree.</summary>
    public AlignedArray<float>[] Sorted { get; }

    /// <summary>For each place in that order, the point.</summary>
    public int[] Order => _order.Points;

    public int NodeCount { get; private set; }

    public ReadOnlySpan<Node> Nodes => _nodes.AsSpan(0, NodeCount);

    public int GroupCount { get; private set; }

    public (int First, int End) Group(int at) => _groups[at];

    /// <summary>Sorts the points where they are now.</summary>
    public void Build()
    {
        _order.Sort(_team);
        _team.RunBlocks(_space.Points, TsneSpace.BlockPoints, _copy);
        (NodeCount, GroupCount) = (0, 0);
        Split(0, _space.Points, _order.Bits - _space.Dimensions, grouped: false);
    }

    private void Copy(int block, int first, int end)
    {
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            var from = _space.Positions[dimension].Pointer;
            for (var at = first; at < end; at++) Sorted[dimension].Pointer[at] = from[_order.Points[at]];
        }
    }

    private Box Split(int first, int end, int shift, bool grouped)
    {
        if (!grouped && end - first <= GroupPoints)
        {
            if (GroupCount == _groups.Length) Array.Resize(ref _groups, 2 * GroupCount);
            _groups[GroupCount++] = (first, end);
            grouped = true;
        }
        var keys = _order.Keys;
        // Levels at which all go the same way are no nodes.
        while (shift >= 0 && keys[first] >> shift == keys[end - 1] >> shift) shift -= _space.Dimensions;
        if (NodeCount == _nodes.Length) Array.Resize(ref _nodes, 2 * NodeCount);
        var number = NodeCount++;
        var box = Box.Nothing;
        if (end - first <= LeafPoints || shift < 0)
        {
            for (var at = first; at < end; at++)
                box.Add(Sorted[0].Pointer[at], Sorted[1].Pointer[at], _space.Dimensions == 3 ? Sorted[2].Pointer[at] : 0);
            if (!grouped) Slice(first, end);
        }
        else
        {
            for (var from = first; from < end;)
            {
                var to = from + 1;
                while (to < end && keys[to] >> shift == keys[from] >> shift) to++;
                box.Add(Split(from, to, shift - _space.Dimensions, grouped));
                from = to;
            }
        }
        double count = end - first;
        var (x, y, z) = ((float)(box.SumX / count), (float)(box.SumY / count), (float)(box.SumZ / count));
        _nodes[number] = new Node(x, y, z, end - first, box.Side, NodeCount, first, end);
        return box;
    }

    // Very many points in the finest cell, which nothing splits, still go in groups.
    private void Slice(int first, int end)
    {
        for (; first < end; first += GroupPoints)
        {
            if (GroupCount == _groups.Length) Array.Resize(ref _groups, 2 * GroupCount);
            _groups[GroupCount++] = (first, Math.Min(end, first + GroupPoints));
        }
    }

    /// <summary>A run of points: its mean, how many there are, its longest side, the number of the next node that is not within it, and the run.</summary>
    internal readonly record struct Node(float X, float Y, float Z, float Mass, float Side, int Skip, int First, int End);

    private struct Box
    {
        public double SumX, SumY, SumZ;
        private float _leastX, _leastY, _leastZ, _mostX, _mostY, _mostZ;

        public static Box Nothing => new()
        {
            _leastX = float.MaxValue, _leastY = float.MaxValue, _leastZ = float.MaxValue, _mostX = float.MinValue, _mostY = float.MinValue, _mostZ = float.MinValue,
        };

        public readonly float Side => Math.Max(_mostX - _leastX, Math.Max(_mostY - _leastY, _mostZ - _leastZ));

        public void Add(float x, float y, float z)
        {
            (SumX, SumY, SumZ) = (SumX + x, SumY + y, SumZ + z);
            (_leastX, _leastY, _leastZ) = (Math.Min(_leastX, x), Math.Min(_leastY, y), Math.Min(_leastZ, z));
            (_mostX, _mostY, _mostZ) = (Math.Max(_mostX, x), Math.Max(_mostY, y), Math.Max(_mostZ, z));
        }

        public void Add(in Box other)
        {
            (SumX, SumY, SumZ) = (SumX + other.SumX, SumY + other.SumY, SumZ + other.SumZ);
            (_leastX, _leastY, _leastZ) = (Math.Min(_leastX, other._leastX), Math.Min(_leastY, other._leastY), Math.Min(_leastZ, other._leastZ));
            (_mostX, _mostY, _mostZ) = (Math.Max(_mostX, other._mostX), Math.Max(_mostY, other._mostY), Math.Max(_mostZ, other._mostZ));
        }
    }
}
