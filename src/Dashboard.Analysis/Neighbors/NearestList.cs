namespace Dashboard.Analysis;

/// <summary>The nearest few of what was offered, in order; equal ones by row, whatever order they came in.</summary>
internal sealed class NearestList(int count)
{
    private readonly Neighbor[] _nearest = new Neighbor[count];
    private int _filled;

    public ReadOnlySpan<Neighbor> Nearest => _nearest.AsSpan(0, _filled);

    /// <summary>How many are kept.</summary>
    public int Count => count;

    public bool IsFull => _filled == count;

    public void Clear() => _filled = 0;

    public void Offer(int row, double distance)
    {
        if (_filled == count && distance > _nearest[^1].Distance) return;
        var neighbor = new Neighbor(row, distance);
        if (_filled == count && NeighborOrder.Instance.Compare(neighbor, _nearest[^1]) > 0) return;
        var at = _filled < count ? _filled++ : count - 1;
        for (; at > 0 && NeighborOrder.Instance.Compare(neighbor, _nearest[at - 1]) < 0; at--) _nearest[at] = _nearest[at - 1];
        _nearest[at] = neighbor;
    }

    public void Join(NearestList other)
    {
        foreach (var neighbor in other.Nearest) Offer(neighbor.Row, neighbor.Distance);
    }
}
