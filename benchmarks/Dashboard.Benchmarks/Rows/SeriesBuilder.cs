using System.Collections.Concurrent;

namespace Dashboard.Benchmarks;

/// <summary>Logs one long series through the binary endpoint.</summary>
internal static class SeriesBuilder
{
    private const int BatchPoints = 100_000;

    public static LoadResult Build(ServerProcess server, string run, long points, double limitSeconds)
    {
        // Made beside the sending, a few ahead: 100 M points at once would be 800 MB.
        using var made = new BlockingCollection<byte[]>(8);
        var maker = Task.Run(() =>
        {
            var random = new Random(1);
            try
            {
                for (long step = 0; step < points; step += BatchPoints)
                    made.Add(RawConnection.Request(PackedBodies.ContentType, $"{run}/{step}", PackedBodies.Make(run, 1, (int)Math.Min(BatchPoints, points - step), step, random)));
            }
            catch (InvalidOperationException)
            {
                // The time was over and nobody takes any more.
            }

            made.CompleteAdding();
        });
        // One connection: the points of a series go in their order.
        var result = LoadGenerator.Closed(server, [made.GetConsumingEnumerable()], BatchPoints, limitSeconds);
        made.CompleteAdding();
        maker.Wait();
        return result with { Points = Math.Min(points, result.Points) };
    }
}
