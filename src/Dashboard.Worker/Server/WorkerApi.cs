using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>The server's side of docs/jobs.md. Every call throws <see cref="ServerAwayException"/>, <see cref="ServerRefusedException"/> or <see cref="LeaseLostException"/>.</summary>
internal sealed class WorkerApi(HttpClient http, TimeProvider time)
{
    // An answer to what is no long poll.
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    // Parts and results may have a hundred megabytes.
    private static readonly TimeSpan Large = TimeSpan.FromMinutes(3);

    // Between two pieces of a download.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    // A line that uploads slower than this is no line for features.
    private const double SlowestBytesPerSecond = 1 << 20;

    /// <summary>Makes the client that is handed in.</summary>
    public static HttpClient CreateClient(Uri server, string? key)
    {
#pragma warning disable RS0030 // The one client of a worker; it lives as long as the process.
        var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/api/v1/"),
            // Each call has its own limit, by the injected clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning restore RS0030
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        http.DefaultRequestHeaders.UserAgent.ParseAdd("lossboard-worker/" + typeof(WorkerApi).Assembly.GetName().Version!.ToString(3));
        return http;
    }

    /// <summary>Asks for a job; null where there is none.</summary>
    public async Task<Lease?> LeaseAsync(LeaseRequest request, CancellationToken cancellation)
    {
        var limit = Usual + TimeSpan.FromSeconds(request.WaitSeconds ?? 0);
        using var answer = await SendAsync(HttpMethod.Post, "workers/lease", Body(request, ContractsJson.Default.LeaseRequest), limit, cancellation);
        return answer.StatusCode == HttpStatusCode.NoContent ? null : await ReadAsync(answer, ContractsJson.Default.Lease, cancellation);
    }

    /// <summary>Every part that is stored.</summary>
    public async Task<IReadOnlyList<JobPart>> PartsAsync(string job, CancellationToken cancellation)
    {
        var parts = new List<JobPart>();
        var after = 0L;
        while (true)
        {
            using var answer = await SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"jobs/{job}/parts?after={after}"), null, Large, cancellation);
            var page = await ReadAsync(answer, ContractsJson.Default.JobPartsView, cancellation);
            parts.AddRange(page.Items);
            if (page.Items.Count == 0 || page.Next <= after) return parts;
            after = page.Next;
        }
    }

    /// <summary>The newest artifacts of a run.</summary>
    public async Task<IReadOnlyList<ArtifactView>> ArtifactsAsync(string run, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"runs/{Uri.EscapeDataString(run)}/artifacts", null, Usual, cancellation);
        return (await ReadAsync(answer, ContractsJson.Default.PageArtifactView, cancellation)).Items;
    }

    /// <summary>Reads a file. <paramref name="known"/> is asked with the content's hash first: where it says yes nothing is read.</summary>
    /// <returns>The hash, lower-case hex, as the server states it.</returns>
    public async Task<string> DownloadAsync(string run, string name, string? id, Func<string, bool> known, Func<Stream> open, CancellationToken cancellation)
    {
        var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        var query = id is null ? "" : "?id=" + Uri.EscapeDataString(id);
        using var answer = await SendAsync(HttpMethod.Get, $"runs/{Uri.EscapeDataString(run)}/artifacts/{path}{query}", null, Usual, cancellation, HttpCompletionOption.ResponseHeadersRead);
        var hash = answer.Headers.ETag?.Tag.Trim('"') ?? "";
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)) throw new ServerAwayException("An artifact came without the hash of its content.");
        if (!known(hash)) await CopyAsync(answer, open, $"'{name}'", null, cancellation);
        return hash;
    }

    /// <summary>Reads the vectors of a projection, and coordinates where they are given, into a file.</summary>
    /// <param name="job">The job.</param>
    /// <param name="open">Opens the file.</param>
    /// <param name="tell">Hears how many bytes are there.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task DownloadVectorsAsync(string job, Func<Stream> open, Action<long> tell, CancellationToken cancellation)
    {
        // The server may have to read a table of text first.
        using var answer = await SendAsync(HttpMethod.Get, $"jobs/{job}/vectors", null, Large, cancellation, HttpCompletionOption.ResponseHeadersRead);
        await CopyAsync(answer, open, "the vectors", tell, cancellation);
    }

    /// <summary>Stores a file as an artifact of the type <c>file</c>.</summary>
    /// <param name="run">Its run.</param>
    /// <param name="name">Its name.</param>
    /// <param name="open">Opens what it has.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<ArtifactView> UploadAsync(string run, string name, Func<Stream> open, CancellationToken cancellation)
    {
        await using var content = open();
        using var body = new StreamContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Headers.Add("Artifact-Type", "file");
        var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        using var answer = await SendAsync(HttpMethod.Put, $"runs/{Uri.EscapeDataString(run)}/artifacts/{path}", body, Large + TimeSpan.FromSeconds((double)content.Length / SlowestBytesPerSecond), cancellation);
        return await ReadAsync(answer, ContractsJson.Default.ArtifactView, cancellation);
    }

    /// <summary>The part that was stored last; null where there is none.</summary>
    public async Task<JobPart?> LastPartAsync(string job, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"jobs/{job}/parts?after=0&last=true", null, Large, cancellation);
        var items = (await ReadAsync(answer, ContractsJson.Default.JobPartsView, cancellation)).Items;
        return items.Count == 0 ? null : items[^1];
    }

    /// <summary>Tells how far a job is, and renews its lease.</summary>
    /// <returns>Seconds until it runs out.</returns>
    public async Task<double> ReportAsync(string job, JobReport report, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"jobs/{job}/report", Body(report, ContractsJson.Default.JobReport), Large, cancellation);
        return (await ReadAsync(answer, ContractsJson.Default.ReportAnswer, cancellation)).LeaseSeconds;
    }

    /// <summary>Returns when the time is over; throws <see cref="LeaseLostException"/> as soon as the lease is lost.</summary>
    public async Task WatchAsync(string job, long token, double wait, CancellationToken cancellation)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"jobs/{job}/watch?token={token}&wait={wait}");
        (await SendAsync(HttpMethod.Get, path, null, Usual + TimeSpan.FromSeconds(wait), cancellation)).Dispose();
    }

    /// <summary>Ends a job.</summary>
    public async Task FinishAsync(string job, JobEnd end, CancellationToken cancellation) =>
        (await SendAsync(HttpMethod.Post, $"jobs/{job}/finish", Body(end, ContractsJson.Default.JobEnd), Large, cancellation)).Dispose();

    private static JsonContent Body<T>(T value, JsonTypeInfo<T> type) => JsonContent.Create(value, type);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? body, TimeSpan limit, CancellationToken cancellation, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        using var request = new HttpRequestMessage(method, path) { Content = body };
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, completion, either.Token);
        }
        catch (HttpRequestException e)
        {
            throw new ServerAwayException(e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerAwayException($"The server did not answer within {limit.TotalSeconds:0} seconds.", e);
        }
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw await RefusalAsync(answer, either.Token);
    }

    private async Task CopyAsync(HttpResponseMessage answer, Func<Stream> open, string what, Action<long>? tell, CancellationToken cancellation)
    {
        try
        {
            await using var file = open();
            await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[1 << 17];
            var bytes = 0L;
            while (true)
            {
                using var silence = new CancellationTokenSource(Silence, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
                var read = await content.ReadAsync(buffer, either.Token);
                if (read == 0) return;
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                tell?.Invoke(bytes += read);
            }
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new ServerAwayException($"The download of {what} broke off: {e.Message}", e);
        }
    }

    private static async Task<Exception> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        ProblemView? problem = null;
        try
        {
            problem = await answer.Content.ReadFromJsonAsync(ContractsJson.Default.ProblemView, cancellation);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            // Something else than the server answered; the status says enough.
        }
        var words = problem?.Detail ?? problem?.Title ?? $"status {status}";
        return status switch
        {
            409 => new LeaseLostException(),
            401 => new ServerRefusedException(status, $"The server wants a valid key with the role 'worker', in LOSSBOARD_WORKER_KEY or in a file that --key-file names. It says: {words}"),
            403 => new ServerRefusedException(status, $"The server does not take this worker's key. It says: {words}"),
            408 or 429 or >= 500 => new ServerAwayException($"The server cannot answer now: {words}"),
            _ => new ServerRefusedException(status, words),
        };
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellation) ?? throw new ServerAwayException("The server's answer is empty.");
        }
        catch (Exception e) when (e is JsonException or HttpRequestException)
        {
            throw new ServerAwayException($"The server's answer cannot be read: {e.Message}", e);
        }
    }
}
