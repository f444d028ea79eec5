namespace Dashboard.Analysis;

/// <summary>Every pair of points. Two rows at once share what is loaded.</summary>
internal sealed unsafe class TsneExactRepulsion<T> : ITsneRepulsion
    where T : unmanaged, IWide<T>
{
    // So far away that 1/(1 + d²)² is zero while d² is still a float.
    private const float Away = 1e18f;
    private const int BlockPoints = 32;

    private readonly TsneSpace _space;
    private readonly PhaseTeam _team;
    private readonly AlignedArray<float>[] _others;
    private readonly double[] _sums;
    private readonly Action<int, int, int> _block;

    public TsneExactRepulsion(TsneSpace space, PhaseTeam team)
    {
        (_space, _team) = (space, team);
        // One row more than there are, so that rows go in pairs.
        _others = [.. Enumerable.Range(0, space.Dimensions).Select(_ => new AlignedArray<float>(space.Padded + 16))];
        foreach (var others in _others) others.Span.Fill(Away);
        _sums = new double[Blocks.Count(space.Points, BlockPoints)];
        _block = Block;
    }

    public double Compute()
    {
        var space = _space;
        for (var dimension = 0; dimension < space.Dimensions; dimension++) space.Positions[dimension].Span[..space.Points].CopyTo(_others[dimension].Span);
        _team.RunBlocks(space.Points, BlockPoints, _block);
        double sum = 0;
        foreach (var part in _sums) sum += part;
        return sum;
    }

    private void Block(int block, int first, int end)
    {
        double sum = 0;
        for (var row = first; row < end; row += 2)
        {
            var both = row + 1 < _space.Points;
            sum += _space.Dimensions == 2 ? Plane(row, both) : Solid(row, both);
        }
        // Each point was among its own others.
        _sums[block] = sum - (end - first);
    }

    private double Plane(int row, bool both)
    {
        var xs = _others[0].Pointer;
        var ys = _others[1].Pointer;
        var count = _space.Padded;
        T one = T.Of(1), xa = T.Of(xs[row]), ya = T.Of(ys[row]), xb = T.Of(xs[row + 1]), yb = T.Of(ys[row + 1]);
        T za = T.Of(0), zb = za, pushXa = za, pushYa = za, pushXb = za, pushYb = za;
        for (var other = 0; other < count; other += T.Count)
        {
            T x = T.Load(xs + other), y = T.Load(ys + other);
            T apartX = xa - x, apartY = ya - y;
            var q = T.Inverse(T.MultiplyAdd(apartX, apartX, T.MultiplyAdd(apartY, apartY, one)));
            za += q;
            q *= q;
            pushXa = T.MultiplyAdd(q, apartX, pushXa);
            pushYa = T.MultiplyAdd(q, apartY, pushYa);
            apartX = xb - x;
            apartY = yb - y;
            q = T.Inverse(T.MultiplyAdd(apartX, apartX, T.MultiplyAdd(apartY, apartY, one)));
            zb += q;
            q *= q;
            pushXb = T.MultiplyAdd(q, apartX, pushXb);
            pushYb = T.MultiplyAdd(q, apartY, pushYb);
        }
        var pushX = _space.Repulsion[0].Pointer + row;
        var pushY = _space.Repulsion[1].Pointer + row;
        (pushX[0], pushY[0]) = (pushXa.Sum(), pushYa.Sum());
        if (!both) return za.Sum();
        (pushX[1], pushY[1]) = (pushXb.Sum(), pushYb.Sum());
        return (double)za.Sum() + zb.Sum();
    }

    private double Solid(int row, bool both)
    {
        var xs = _others[0].Pointer;
        var ys = _others[1].Pointer;
        var zs = _others[2].Pointer;
        var count = _space.Padded;
        double sum = 0;
        for (var each = row; each <= (both ? row + 1 : row); each++)
        {
            T one = T.Of(1), x = T.Of(xs[each]), y = T.Of(ys[each]), z = T.Of(zs[each]), total = T.Of(0), pushX = total, pushY = total, pushZ = total;
            for (var other = 0; other < count; other += T.Count)
            {
                T apartX = x - T.Load(xs + other), apartY = y - T.Load(ys + other), apartZ = z - T.Load(zs + other);
                var q = T.Inverse(T.MultiplyAdd(apartX, apartX, T.MultiplyAdd(apartY, apartY, T.MultiplyAdd(apartZ, apartZ, one))));
                total += q;
                q *= q;
                pushX = T.MultiplyAdd(q, apartX, pushX);
                pushY = T.MultiplyAdd(q, apartY, pushY);
                pushZ = T.MultiplyAdd(q, apartZ, pushZ);
            }
            _space.Repulsion[0].Pointer[each] = pushX.Sum();
            _space.Repulsion[1].Pointer[each] = pushY.Sum();
            _space.Repulsion[2].Pointer[each] = pushZ.Sum();
            sum += total.Sum();
        }
        return sum;
    }
}
