using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Dashboard.Client;

/// <summary>Makes one try of one request and says what the answer means.</summary>
internal sealed class Transport : IDisposable
{
    private const int MaxAnswerBytes = 64 << 10;
    private readonly LossboardOptions _options;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<(string, string), string> _runIds = [];

    public Transport(LossboardOptions options)
    {
        _options = options;
        var handler = options.MessageHandler ?? new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // A server that moved is found again through its name.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        };
#pragma warning disable RS0030 // The one client of a run; it lives as long as the run does.
        _http = new HttpClient(handler, disposeHandler: options.MessageHandler is null)
        {
            BaseAddress = new Uri(options.Server.AbsoluteUri.TrimEnd('/') + "/"),
            // Each try has its own limit, by the injected clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning restore RS0030
        if (options.ApiKey is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("lossboard-dotnet/" + typeof(Transport).Assembly.GetName().Version!.ToString(3));
    }

    /// <summary>Sends it once. Does not throw but for cancellation and for a file that cannot be read.</summary>
    public async Task<SendResult> SendAsync(OutgoingRequest request, CancellationToken cancellation)
    {
        var header = request.Header;
        var limit = header.Kind == RequestKind.Artifact ? _options.RequestTimeout * 10 : _options.RequestTimeout;
        using var timeout = new CancellationTokenSource(limit, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        // The lane may move the body to a file at any time: look at it once, memory first.
        var body = request.Body;
        try
        {
            var path = "api/v1/events";
            if (header.Kind == RequestKind.Run)
                path = "api/v1/runs";
            if (header.Kind == RequestKind.Artifact)
            {
                var (found, denied) = await FindRunAsync(header, either.Token);
                if (denied is { } refusal)
                    return refusal;
                if (found is not { } runId)
                    return new SendResult(SendOutcome.Retry, 0, "the run of the artifact could not be looked up");
                path = $"api/v1/runs/{Uri.EscapeDataString(runId)}/artifacts/{Uri.EscapeDataString(header.Artifact!)}";
            }

            using var message = new HttpRequestMessage(header.Kind == RequestKind.Events ? HttpMethod.Post : HttpMethod.Put, path);
            message.Content = body is not null ? new ByteArrayContent(body) : new StreamContent(SpoolFile.Open(request.File!, out _), 1 << 16);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(header.ContentType);
            if (header.ContentEncoding is not null)
                message.Content.Headers.ContentEncoding.Add(header.ContentEncoding);
            message.Headers.Add("Idempotency-Key", header.Key);
            if (header.ArtifactType is not null)
                message.Headers.Add("Artifact-Type", header.ArtifactType);
            if (header.ArtifactStep is { } step)
                message.Headers.Add("Artifact-Step", step.ToString(System.Globalization.CultureInfo.InvariantCulture));
            // A tag may be of any script, and a header may not.
            foreach (var (name, value) in new[]
            {
                ("Artifact-Reason", header.ArtifactReason), ("Artifact-Metric", header.ArtifactMetric is { } metric ? Uri.EscapeDataString(metric) : null),
                ("Artifact-Metric-Value", header.ArtifactMetricValue), ("Artifact-Metric-Goal", header.ArtifactMetricGoal),
            })
            {
                if (value is not null)
                    message.Headers.Add(name, value);
            }
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var text = await ReadAsync(answer, either.Token);
            return Judge(answer, text);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Retry, 0, "no answer within " + limit);
        }
        catch (HttpRequestException e)
        {
            return new SendResult(SendOutcome.Retry, 0, e.Message);
        }
    }

    /// <summary>Asks for a job of a run and waits for the answer.</summary>
    /// <returns>The job's id.</returns>
    /// <exception cref="InvalidOperationException">There is no answer, or a refusal.</exception>
    public async Task<string> PostJobAsync(RequestHeader header, string kind, string? name, Func<string, JsonElement> spec, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            var runId = await RunIdAsync(header, either.Token) ?? throw new InvalidOperationException("the run could not be looked up");
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { kind, header.Project, name, spec = spec(runId) }, Json.Options));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await _http.PostAsync("api/v1/jobs", content, either.Token);
            var text = await ReadAsync(answer, either.Token);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"the server answers {(int)answer.StatusCode}: {text}");
            using var job = JsonDocument.Parse(text);
            return job.RootElement.GetProperty("id").GetString()!;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new InvalidOperationException($"the server gave no answer: {e.Message}", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private SendResult Judge(HttpResponseMessage answer, string text)
    {
        var status = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode)
            return new SendResult(SendOutcome.Stored, status, text);
        var after = answer.Headers.RetryAfter is not { } retry ? null : retry.Delta ?? retry.Date - _options.Time.GetUtcNow();
        // A missing or wrong key can be set right, and the events are good: they wait.
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return new SendResult(SendOutcome.Retry, status, $"status {status}: {Detail(answer, text) ?? "the key is missing, wrong or lacks the right to write"}", after, Denied: true);
        var refused = Retryable(answer, text) is { } retryable
            ? !retryable
            // Without the server's own word only these are believed: a proxy's 404 or 405 says nothing about the events.
            : status is 400 or 409 or 413 or 415 or 422;
        return refused ? new SendResult(SendOutcome.Rejected, status, text) : new SendResult(SendOutcome.Retry, status, $"status {status}", after);
    }

    private static bool? Retryable(HttpResponseMessage answer, string text) =>
        Field(answer, text, "retryable") is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    private static string? Detail(HttpResponseMessage answer, string text) =>
        Field(answer, text, "detail") is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A field of the server's own words; null where something else answered.</summary>
    private static JsonElement? Field(HttpResponseMessage answer, string text, string name)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        try
        {
            using var problem = JsonDocument.Parse(text);
            return problem.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<string?> RunIdAsync(RequestHeader header, CancellationToken cancellation) => (await FindRunAsync(header, cancellation)).Id;

    /// <summary>The server's id of a run, which its creation answers with; null where it did not answer with one, and what it said where the key does not suffice.</summary>
    private async Task<(string? Id, SendResult? Denied)> FindRunAsync(RequestHeader header, CancellationToken cancellation)
    {
        if (_runIds.TryGetValue((header.Project, header.Run), out var known))
            return (known, null);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { header.Project, header.Run }, Json.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _http.PutAsync("api/v1/runs", content, cancellation);
        var text = await ReadAsync(answer, cancellation);
        if (!answer.IsSuccessStatusCode)
            return (null, Judge(answer, text) is { Denied: true } denied ? denied : null);
        using var run = JsonDocument.Parse(text);
        var id = run.RootElement.GetProperty("id").GetString()!;
        _runIds[(header.Project, header.Run)] = id;
        return (id, null);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MaxAnswerBytes];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, read));
    }
}
