namespace Dashboard.Analysis.Tests;

/// <summary>Made vectors and their neighbours, by the plainest way, for tests of what is built on neighbours.</summary>
internal static class GaussianBlobs
{
    /// <summary>Clouds of deviation 1, each around a centre of its own, one after the other.</summary>
    public static VectorTable Make(int blobs, int rowsEach, int columns, double apart, int seed)
    {
        var random = new Random(seed);
        var table = new VectorTable(blobs * rowsEach, columns);
        for (var blob = 0; blob < blobs; blob++)
        {
            var centre = Enumerable.Range(0, columns).Select(_ => apart * Normal(random)).ToArray();
            for (var row = blob * rowsEach; row < (blob + 1) * rowsEach; row++)
            {
                for (var column = 0; column < columns; column++) table.Row(row)[column] = (float)(centre[column] + Normal(random));
            }
        }
        return table;
    }

    /// <summary>All distances, sorted.</summary>
    public static NeighborTable Neighbors(VectorTable table, int count)
    {
        var (indices, distances) = (new int[table.Rows * count], new float[table.Rows * count]);
        for (var row = 0; row < table.Rows; row++)
        {
            var own = row;
            var nearest = Enumerable.Range(0, table.Rows).Where(other => other != own).Select(other => (Distance: Distance(table, own, other), Row: other)).Order().Take(count).ToList();
            for (var at = 0; at < count; at++) (indices[row * count + at], distances[row * count + at]) = (nearest[at].Row, (float)nearest[at].Distance);
        }
        return new NeighborTable(table.Rows, count, indices, distances, exact: true);
    }

    public static double Distance(VectorTable table, int one, int other)
    {
        double square = 0;
        for (var column = 0; column < table.Columns; column++) square += Math.Pow((double)table.Row(one)[column] - table.Row(other)[column], 2);
        return Math.Sqrt(square);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
