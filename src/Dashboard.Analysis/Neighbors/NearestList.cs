namespace Dashboard.Analysis;

/// <summary>The nearest few of what was offered.</summary>
internal sealed class NearestList(int count)
{
    private readonly PriorityQueue<Neighbor, Neighbor> _queue = new(count + 1, Comparer<Neighbor>.Create((x, y) => NeighborOrder.Instance.Compare(y, x)));
    private double _worst = double.PositiveInfinity;

    public void Offer(int row, double distance)
    {
        if (distance > _worst) return;
        var neighbor = new Neighbor(row, distance);
        if (_queue.Count < count) _queue.Enqueue(neighbor, neighbor);
        else _queue.EnqueueDequeue(neighbor, neighbor);
        if (_queue.Count == count) _worst = _queue.Peek().Distance;
    }

    public void Join(NearestList other)
    {
        foreach (var (neighbor, _) in other._queue.UnorderedItems) Offer(neighbor.Row, neighbor.Distance);
    }

    public Neighbor[] Sorted()
    {
        var sorted = new Neighbor[_queue.Count];
        for (var at = sorted.Length - 1; at >= 0; at--) sorted[at] = _queue.Dequeue();
        return sorted;
    }
}
