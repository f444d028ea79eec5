namespace Dashboard.Analysis;

/// <summary>The connected components of a graph.</summary>
internal sealed class GraphComponents
{
    private GraphComponents(List<int[]> members) => Members = members;

    /// <summary>The rows of each, rising; components by rising first row.</summary>
    public List<int[]> Members { get; }

    public static GraphComponents Of(FuzzyGraph graph)
    {
        var ofRow = new int[graph.Rows];
        Array.Fill(ofRow, -1);
        var members = new List<int[]>();
        var queue = new int[graph.Rows];
        for (var seed = 0; seed < graph.Rows; seed++)
        {
            if (ofRow[seed] >= 0) continue;
            var (taken, found) = (0, 1);
            (queue[0], ofRow[seed]) = (seed, members.Count);
            while (taken < found)
            {
                var row = queue[taken++];
                for (var at = graph.Starts[row]; at < graph.Starts[row + 1]; at++)
                {
                    var other = graph.Ends[at];
                    if (ofRow[other] >= 0) continue;
                    (queue[found++], ofRow[other]) = (other, members.Count);
                }
            }
            var rows = queue[..found];
            rows.AsSpan().Sort();
            members.Add(rows);
        }
        return new GraphComponents(members);
    }

    /// <summary>One of them as a graph of its own, its rows in the order of <see cref="Members"/>.</summary>
    public FuzzyGraph Part(FuzzyGraph graph, int component)
    {
        var rows = Members[component];
        if (rows.Length == graph.Rows) return graph;
        var place = new Dictionary<int, int>(rows.Length);
        for (var at = 0; at < rows.Length; at++) place[rows[at]] = at;
        var starts = new long[rows.Length + 1];
        for (var at = 0; at < rows.Length; at++) starts[at + 1] = starts[at] + graph.Starts[rows[at] + 1] - graph.Starts[rows[at]];
        var (ends, weights, to) = (new int[starts[^1]], new float[starts[^1]], 0L);
        foreach (var row in rows)
        {
            for (var at = graph.Starts[row]; at < graph.Starts[row + 1]; at++) (ends[to], weights[to++]) = (place[graph.Ends[at]], graph.Weights[at]);
        }
        return new FuzzyGraph { Starts = starts, Ends = ends, Weights = weights };
    }
}
