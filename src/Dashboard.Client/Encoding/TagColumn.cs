namespace Dashboard.Client;

/// <summary>The points of one tag within a request, in the order logged.</summary>
internal sealed class TagColumn(string tag)
{
    public string Tag { get; } = tag;
    public List<long> Steps { get; } = [];
    public List<double> Values { get; } = [];
    public List<double> WallTimes { get; } = [];
    public int Count => Steps.Count;

    public void Add(in LoggedEvent item)
    {
        Steps.Add(item.Step);
        Values.Add(item.Value);
        WallTimes.Add(item.WallTime);
    }
}
