namespace Dashboard.Analysis;

/// <summary>
/// Groups of points far away count as one point at their mean. The points of a group near each other walk the tree once and share what they meet, a list that is then summed
/// vector by vector [Barnes 1990].
/// </summary>
internal sealed unsafe class TsneBarnesHut<T> : ITsneRepulsion
    where T : unmanaged, IWide<T>
{
    /// <summary>How long a node may be, over its distance from the nearest place of the group, to count as one point.</summary>
    private const float Angle = .5f;

    private const float Away = 1e18f;

    private readonly TsneSpace _space;
    private readonly PhaseTeam _team;
    private readonly MortonTree _tree;
    private readonly Met[] _met;
    private readonly Action<int, int> _group;
    private double[] _sums = [];

    public TsneBarnesHut(TsneSpace space, PhaseTeam team)
    {
        (_space, _team, _tree, _group) = (space, team, new MortonTree(space, team), Group);
        _met = [.. Enumerable.Range(0, team.Size).Select(_ => new Met(1024))];
    }

    public double Compute()
    {
        _tree.Build();
        if (_sums.Length < _tree.GroupCount) _sums = new double[2 * _tree.GroupCount];
        _team.Run(_tree.GroupCount, _group);
        double sum = 0;
        foreach (var part in _sums.AsSpan(0, _tree.GroupCount)) sum += part;
        // Each point met itself.
        return sum - _space.Points;
    }

    private void Group(int number, int member)
    {
        var (first, end) = _tree.Group(number);
        var met = Walk(first, end, member);
        _sums[number] = _space.Dimensions == 2 ? Plane(met, first, end) : Solid(met, first, end);
    }

    private Met Walk(int first, int end, int member)
    {
        Span<float> least = stackalloc float[3], most = stackalloc float[3];
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            var positions = _tree.Sorted[dimension].Pointer;
            (least[dimension], most[dimension]) = (positions[first], positions[first]);
            for (var at = first + 1; at < end; at++) (least[dimension], most[dimension]) = (Math.Min(least[dimension], positions[at]), Math.Max(most[dimension], positions[at]));
        }
        var met = _met[member];
        met.Count = 0;
        var nodes = _tree.Nodes;
        for (var at = 0; at < nodes.Length;)
        {
            ref readonly var node = ref nodes[at];
            float x = Beyond(node.X, least[0], most[0]), y = Beyond(node.Y, least[1], most[1]), z = Beyond(node.Z, least[2], most[2]);
            if (node.Side * node.Side <= Angle * Angle * (x * x + y * y + z * z))
            {
                met = Room(member, 1);
                met.Add(node.X, node.Y, node.Z, node.Mass);
                at = node.Skip;
            }
            else if (node.Skip == at + 1)
            {
                met = Room(member, node.End - node.First);
                for (var point = node.First; point < node.End; point++)
                    met.Add(_tree.Sorted[0].Pointer[point], _tree.Sorted[1].Pointer[point], _space.Dimensions == 3 ? _tree.Sorted[2].Pointer[point] : 0, 1);
                at++;
            }
            else
            {
                at++;
            }
        }
        for (met = Room(member, T.Count); met.Count % T.Count != 0;) met.Add(Away, Away, 0, 0);
        return met;
    }

    private static float Beyond(float value, float least, float most) => Math.Max(0, Math.Max(least - value, value - most));

    private Met Room(int member, int more)
    {
        var met = _met[member];
        if (met.Count + more <= met.Capacity) return met;
        return _met[member] = new Met(met, 2 * (met.Count + more));
    }

    private double Plane(Met met, int first, int end)
    {
        var one = T.Of(1);
        double sum = 0;
        for (var point = first; point < end; point++)
        {
            T x = T.Of(_tree.Sorted[0].Pointer[point]), y = T.Of(_tree.Sorted[1].Pointer[point]), total = T.Of(0), pushX = total, pushY = total;
            for (var at = 0; at < met.Count; at += T.Count)
            {
                T apartX = x - T.Load(met.X + at), apartY = y - T.Load(met.Y + at);
                var q = T.Inverse(T.MultiplyAdd(apartX, apartX, T.MultiplyAdd(apartY, apartY, one)));
                var weight = T.Load(met.Mass + at) * q;
                total += weight;
                weight *= q;
                pushX = T.MultiplyAdd(weight, apartX, pushX);
                pushY = T.MultiplyAdd(weight, apartY, pushY);
            }
            var place = _tree.Order[point];
            _space.Repulsion[0].Pointer[place] = pushX.Sum();
            _space.Repulsion[1].Pointer[place] = pushY.Sum();
            sum += total.Sum();
        }
        return sum;
    }

    private double Solid(Met met, int first, int end)
    {
        var one = T.Of(1);
        double sum = 0;
        for (var point = first; point < end; point++)
        {
            T x = T.Of(_tree.Sorted[0].Pointer[point]), y = T.Of(_tree.Sorted[1].Pointer[point]), z = T.Of(_tree.Sorted[2].Pointer[point]);
            T total = T.Of(0), pushX = total, pushY = total, pushZ = total;
            for (var at = 0; at < met.Count; at += T.Count)
            {
                T apartX = x - T.Load(met.X + at), apartY = y - T.Load(met.Y + at), apartZ = z - T.Load(met.Z + at);
                var q = T.Inverse(T.MultiplyAdd(apartX, apartX, T.MultiplyAdd(apartY, apartY, T.MultiplyAdd(apartZ, apartZ, one))));
                var weight = T.Load(met.Mass + at) * q;
                total += weight;
                weight *= q;
                pushX = T.MultiplyAdd(weight, apartX, pushX);
                pushY = T.MultiplyAdd(weight, apartY, pushY);
                pushZ = T.MultiplyAdd(weight, apartZ, pushZ);
            }
            var place = _tree.Order[point];
            _space.Repulsion[0].Pointer[place] = pushX.Sum();
            _space.Repulsion[1].Pointer[place] = pushY.Sum();
            _space.Repulsion[2].Pointer[place] = pushZ.Sum();
            sum += total.Sum();
        }
        return sum;
    }

    /// <summary>What a group meets: points and means of points, with how many they are.</summary>
    private sealed class Met
    {
        private readonly AlignedArray<float> _numbers;

        public Met(int capacity)
        {
            Capacity = (capacity + 15) / 16 * 16;
            _numbers = new(4 * Capacity);
        }

        public Met(Met smaller, int capacity)
            : this(capacity)
        {
            Count = smaller.Count;
            for (var line = 0; line < 4; line++) smaller._numbers.Span.Slice(line * smaller.Capacity, Count).CopyTo(_numbers.Span[(line * Capacity)..]);
        }

        public int Capacity { get; }

        public int Count { get; set; }

        public float* X => _numbers.Pointer;

        public float* Y => _numbers.Pointer + Capacity;

        public float* Z => _numbers.Pointer + 2 * Capacity;

        public float* Mass => _numbers.Pointer + 3 * Capacity;

        public void Add(float x, float y, float z, float mass)
        {
            (X[Count], Y[Count], Z[Count], Mass[Count]) = (x, y, z, mass);
            Count++;
        }
    }
}
