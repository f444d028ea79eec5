using System.Diagnostics;

namespace Dashboard.Benchmarks;

/// <summary>Sends requests made beforehand over several connections, each with a thread of its own.</summary>
internal static class LoadGenerator
{
    /// <summary>As fast as answers come: each connection sends its next request when it has the answer to the last. Ends early where the requests run out.</summary>
    public static LoadResult Closed(ServerProcess server, IReadOnlyList<IEnumerable<byte[]>> requests, int pointsEach, double seconds) =>
        Run(server, requests.Count, pointsEach, (connection, index, clock, latencies) =>
        {
            long busy = 0;
            foreach (var request in requests[index])
            {
                if (clock.Elapsed.TotalSeconds >= seconds)
                    break;
                var before = clock.Elapsed;
                busy += Send(connection, request);
                latencies.Add((clock.Elapsed - before).TotalMilliseconds);
            }

            return busy;
        });

    /// <summary>At a fixed rate, whether answers come or not: a request's time runs from when it was due, so one that had to wait for a free connection is not excused.</summary>
    public static LoadResult Open(ServerProcess server, IReadOnlyList<byte[]> requests, int pointsEach, double requestsPerSecond, int connections)
    {
        var next = -1;
        return Run(server, connections, pointsEach, (connection, _, clock, latencies) =>
        {
            long busy = 0;
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Count;)
            {
                var due = TimeSpan.FromSeconds(i / requestsPerSecond);
                WaitUntil(clock, due);
                busy += Send(connection, requests[i]);
                latencies.Add((clock.Elapsed - due).TotalMilliseconds);
            }

            return busy;
        });
    }

    /// <summary>Repeats a request that the server had no room for; anything else but success ends the benchmark.</summary>
    private static long Send(RawConnection connection, byte[] request)
    {
        for (long busy = 0; ; busy++)
        {
            var status = connection.Exchange(request);
            if (status == 200)
                return busy;
            if (status is not (429 or 503))
                throw new InvalidOperationException($"The server answered {status}: {connection.LastError}");
            Thread.Sleep(20);
        }
    }

    private static LoadResult Run(ServerProcess server, int connections, int pointsEach, Func<RawConnection, int, Stopwatch, List<double>, long> work)
    {
        var open = Enumerable.Range(0, connections).Select(_ => new RawConnection(server.Port)).ToArray();
        var latencies = open.Select(_ => new List<double>(4096)).ToArray();
        var clock = new Stopwatch();
        var failures = new Exception?[connections];
        long busy = 0;
        var threads = open.Select((connection, index) => new Thread(() =>
        {
            try
            {
                Interlocked.Add(ref busy, work(connection, index, clock, latencies[index]));
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
            {
                failures[index] = e;
            }
        })).ToArray();
        var (serverCpu, ownCpu, allCpu) = (server.Cpu, Environment.CpuUsage.TotalTime, MachineCpu.Busy);
        clock.Start();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        clock.Stop();
        foreach (var connection in open)
            connection.Dispose();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            throw new InvalidOperationException("A connection of the load failed.", first);
        var all = latencies.SelectMany(list => list).ToList();
        var (serverSeconds, ownSeconds) = ((server.Cpu - serverCpu).TotalSeconds, (Environment.CpuUsage.TotalTime - ownCpu).TotalSeconds);
        var others = Math.Max(0, (MachineCpu.Busy - allCpu).TotalSeconds - serverSeconds - ownSeconds);
        return new LoadResult((long)all.Count * pointsEach, all.Count, clock.Elapsed.TotalSeconds, busy, serverSeconds, ownSeconds, others, all);
    }

    /// <summary>Sleeps while there is time and spins over the last of it: a sleeping thread wakes up to a millisecond late.</summary>
    private static void WaitUntil(Stopwatch clock, TimeSpan due)
    {
        for (TimeSpan left; (left = due - clock.Elapsed) > TimeSpan.Zero;)
        {
            if (left.TotalMilliseconds > 1.5)
                Thread.Sleep(left - TimeSpan.FromMilliseconds(1.2));
            else
                Thread.SpinWait(20);
        }
    }
}
