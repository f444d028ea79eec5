namespace Dashboard.Faults.Tests;

/// <summary>
/// A training job that sends one batch after the other, keeps a ledger of what was acknowledged, and sends a batch that was not acknowledged again
/// under the same key. <paramref name="source"/> makes the next batch.
/// </summary>
internal sealed class Writer(Func<Batch> source, string run)
{
    // The server asks for a second or more; the tests are in a hurry.
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(20);

    public string Run => run;

    public Ledger Acknowledged { get; } = new();

    /// <summary>Sent and not acknowledged: the server has all of it or nothing.</summary>
    public Batch? Pending { get; private set; }

    public long Batches { get; private set; }

    /// <summary>Batches that the server said it had already: stored, and their answer lost.</summary>
    public long Replayed { get; private set; }

    /// <summary>Tries whose answer did not arrive.</summary>
    public long Lost { get; private set; }

    /// <summary>Sends until the connection fails, the server refuses or <paramref name="stop"/> says so; the batch on the way is left pending.</summary>
    /// <returns>The refusal, or null.</returns>
    public async Task<Answer?> RunAsync(HttpClient http, Uri server, Action acknowledged, CancellationToken stop = default)
    {
        while (!stop.IsCancellationRequested)
        {
            Pending ??= source();
            var answer = await TrySendAsync(http, server);
            if (answer is not { Status: 200 })
                return answer;
            acknowledged();
        }
        return null;
    }

    /// <summary>Sends the pending batch, if there is one, until it is acknowledged.</summary>
    public async Task SettleAsync(HttpClient http, Uri server)
    {
        while (Pending is not null)
        {
            var answer = await TrySendAsync(http, server);
            if (answer is null or { Status: 200 })
                continue;
            if (answer.Status is not (429 or 503))
                throw new InvalidOperationException($"A batch that must be accepted was answered {answer.Status}: {answer.Text}");
            await Task.Delay(RetryPause);
        }
    }

    /// <summary>Sends the pending batch until the disk has room for it again; any other refusal than a full disk is a fault.</summary>
    public async Task SettleAfterFullAsync(ServerProcess server)
    {
        await server.WaitForAsync(
            async () =>
            {
                if (Pending is null || await TrySendAsync(server.Http, server.Address) is { Status: 200 })
                    return true;
                await Task.Delay(RetryPause);
                return false;
            },
            "a write after space returned");
    }

    /// <summary>Sends a number of batches, each until it is acknowledged.</summary>
    public async Task SendAsync(HttpClient http, Uri server, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            Pending ??= source();
            await SettleAsync(http, server);
        }
    }

    private async Task<Answer?> TrySendAsync(HttpClient http, Uri server)
    {
        var batch = Pending!;
        Answer answer;
        try
        {
            using var request = batch.ToRequest(server);
            answer = await Answer.OfAsync(await http.SendAsync(request));
        }
        catch (HttpRequestException)
        {
            Lost++;
            return null;
        }
        if (answer.Status != 200)
            return answer;
        if (answer.Json.GetProperty("replayed").GetBoolean())
            Replayed++;
        var sent = batch.Scalars.Sum(series => (long)series.Points.Length) + batch.Histograms.Count + batch.Notes.Count;
        Assert.Equal(sent, answer.Json.GetProperty("accepted").GetInt64());
        Acknowledged.Add(batch);
        Pending = null;
        Batches++;
        return answer;
    }
}
