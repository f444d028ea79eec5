namespace Dashboard.Analysis;

/// <summary>For one round of descent: whom each row knows and by whom it is known, and which of those it has known before.</summary>
internal sealed class JoinLists
{
    private readonly int _keep;
    private readonly int[] _now;
    private readonly bool[] _isNew;
    private readonly int[] _starts;
    private readonly int[] _sources;

    /// <param name="heaps">The neighbours as they are.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="before">Those of the round before, rows × kept; −1 where there was none.</param>
    /// <param name="options">Threads and cancellation.</param>
    public JoinLists(NeighborHeaps heaps, int rows, int[] before, ComputeOptions options)
    {
        _keep = heaps.Keep;
        (_now, _isNew) = (new int[rows * _keep], new bool[rows * _keep]);
        var changes = new long[Blocks.Count(rows, 1024)];
        Blocks.For(rows, 1024, options, (block, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var now = _now.AsSpan(row * _keep, _keep);
                now.Fill(-1);
                heaps.IndicesOf(row).CopyTo(now);
                var earlier = before.AsSpan(row * _keep, _keep);
                for (var at = 0; at < _keep && now[at] >= 0; at++)
                {
                    if (earlier.Contains(now[at])) continue;
                    _isNew[row * _keep + at] = true;
                    changes[block]++;
                }
            }
        });
        Changes = changes.Sum();
        (_starts, _sources) = Reverse(rows);
    }

    /// <summary>Neighbours that were not there the round before.</summary>
    public long Changes { get; }

    /// <summary>The neighbours, to be those of the round before.</summary>
    public int[] Now => _now;

    /// <summary>Lists whom a row brings together: the new ones, then those known before; some of those by whom it is known, drawn by seed.</summary>
    public int Collect(int row, int most, ulong seed, List<int> together)
    {
        together.Clear();
        Add(row, most, seed, together, isNew: true);
        var count = together.Count;
        if (count > 0) Add(row, most, seed, together, isNew: false);
        return count;
    }

    private void Add(int row, int most, ulong seed, List<int> together, bool isNew)
    {
        var first = together.Count;
        for (var at = row * _keep; at < (row + 1) * _keep && _now[at] >= 0; at++)
        {
            if (_isNew[at] == isNew) together.Add(_now[at]);
        }
        var forward = together.Count;
        var known = new List<(ulong Draw, int Source)>();
        for (var at = _starts[row]; at < _starts[row + 1]; at++)
        {
            var source = _sources[at] >> 1;
            if ((_sources[at] & 1) != 0 != isNew || together.IndexOf(source, first, forward - first) >= 0) continue;
            known.Add((new SeededRandom(seed + (ulong)row, source).Next(), source));
        }
        if (known.Count > most)
        {
            known.Sort();
            known.RemoveRange(most, known.Count - most);
        }
        foreach (var (_, source) in known) together.Add(source);
    }

    private (int[] Starts, int[] Sources) Reverse(int rows)
    {
        var starts = new int[rows + 1];
        foreach (var index in _now)
        {
            if (index >= 0) starts[index + 1]++;
        }
        for (var row = 0; row < rows; row++) starts[row + 1] += starts[row];
        var sources = new int[starts[rows]];
        var next = starts.AsSpan(0, rows).ToArray();
        for (var at = 0; at < _now.Length; at++)
        {
            if (_now[at] >= 0) sources[next[_now[at]]++] = (at / _keep << 1) | (_isNew[at] ? 1 : 0);
        }
        return (starts, sources);
    }
}
