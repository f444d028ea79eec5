using System.Diagnostics;

namespace Dashboard.Faults.Tests;

/// <summary>Some seconds of requests over many connections, and what became of them.</summary>
internal sealed class LoadPhase
{
    private long _accepted;
    private long _refused;
    private long _wrong;

    public long Accepted => _accepted;

    /// <summary>Answered 429 or 503 with a time to come back.</summary>
    public long Refused => _refused;

    /// <summary>Answered anything else, or not at all.</summary>
    public long Wrong => _wrong;

    public long Sent => _accepted + _refused + _wrong;

    public double Seconds { get; private set; }

    public double AcceptedPerSecond => Accepted / Seconds;

    /// <summary>Accepted for each second of the server's processor time.</summary>
    public double AcceptedPerCpuSecond { get; private set; }

    /// <summary>Share of the machine that neither the server nor this process had.</summary>
    public double OthersShare { get; private set; }

    /// <summary>
    /// Each connection sends its next request when the last one was answered, but never more in total than <paramref name="perSecond"/> asks for; with infinity as fast as answers come.
    /// </summary>
    public static async Task<LoadPhase> RunAsync(ServerProcess server, IReadOnlyList<RawConnection> connections, IReadOnlyList<byte[]> requests, double perSecond, TimeSpan length)
    {
        var phase = new LoadPhase();
        var others = new OthersCpu(server);
        var clock = Stopwatch.StartNew();
        long next = -1;
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            while (clock.Elapsed < length)
            {
                var number = Interlocked.Increment(ref next);
                var wait = TimeSpan.FromSeconds(number / perSecond) - clock.Elapsed;
                // A timer ticks in milliseconds: what is due within one is sent at once.
                if (wait > TimeSpan.FromMilliseconds(1))
                    await Task.Delay(wait);
                await phase.SendAsync(connection, requests[(int)(number % requests.Count)]);
            }
        })));
        phase.Seconds = clock.Elapsed.TotalSeconds;
        phase.AcceptedPerCpuSecond = phase.Accepted / others.Server;
        phase.OthersShare = others.Share;
        return phase;
    }

    private async Task SendAsync(RawConnection connection, byte[] request)
    {
        try
        {
            var (status, hasRetryAfter) = await connection.ExchangeAsync(request);
            if (status == 200)
                Interlocked.Increment(ref _accepted);
            else if (status is 429 or 503 && hasRetryAfter)
                Interlocked.Increment(ref _refused);
            else
                Interlocked.Increment(ref _wrong);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException)
        {
            Interlocked.Increment(ref _wrong);
        }
    }
}
