namespace Dashboard.Benchmarks;

/// <summary>Makes the requests of a load before it is measured: each connection logs to a run of its own, with steps that never repeat and a key of its own a request, as the clients send one.</summary>
internal static class RequestMaker
{
    /// <summary>Writes one body.</summary>
    public delegate byte[] Body(string run, int tags, int pointsPerTag, long firstStep, Random random);

    public static byte[][][] Make(int connections, int requestsEach, int tags, int pointsPerTag, string contentType, Body body)
    {
        var made = new byte[connections][][];
        Parallel.For(0, connections, connection =>
        {
            var random = new Random(connection);
            made[connection] = new byte[requestsEach][];
            for (var i = 0; i < requestsEach; i++)
            {
                var run = $"run-{connection}";
                made[connection][i] = RawConnection.Request(contentType, $"{run}/{i}", body(run, tags, pointsPerTag, (long)i * pointsPerTag, random));
            }
        });
        return made;
    }
}
