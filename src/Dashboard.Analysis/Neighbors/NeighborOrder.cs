namespace Dashboard.Analysis;

/// <summary>The nearest first; equal ones by row.</summary>
internal sealed class NeighborOrder : IComparer<Neighbor>
{
    public static readonly NeighborOrder Instance = new();

    public int Compare(Neighbor x, Neighbor y)
    {
        var order = x.Distance.CompareTo(y.Distance);
        return order != 0 ? order : x.Row.CompareTo(y.Row);
    }
}
