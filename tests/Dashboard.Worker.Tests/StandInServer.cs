using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

/// <summary>What docs/jobs.md asks of a server, in memory: one run with artifacts, and jobs for a worker.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    public const string Run = "run-1";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, (byte[] Content, ArtifactView View)> _artifacts = new();
    private readonly ConcurrentDictionary<string, StandInJob> _jobs = new();
    private readonly ConcurrentQueue<LeaseRequest> _asked = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _serving;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StandInServer()
    {
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Answers everything with 503 while it is set.</summary>
    public bool Away { get; set; }

    /// <summary>Requests that were answered with 503.</summary>
    public int Refused { get; private set; }

    /// <summary>Seconds of a lease.</summary>
    public double LeaseSeconds { get; set; } = 15;

    public string? Authorization { get; private set; }

    public IReadOnlyList<LeaseRequest> Asked => [.. _asked];

    /// <summary>What an artifact has.</summary>
    public byte[] Content(string name) => _artifacts[name].Content;

    public ArtifactReference Put(string name, string path, long? step = null) => Put(name, File.ReadAllBytes(path), step);

    public ArtifactReference Put(string name, byte[] content, long? step = null)
    {
        var view = new ArtifactView($"id-{name}", name, "file", step, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), 0);
        _artifacts[name] = (content, view);
        return new ArtifactReference { RunId = Run, Name = name, Id = view.Id };
    }

    public StandInJob Post<T>(string kind, T spec, JsonTypeInfo<T> type, IReadOnlyList<JobPart>? parts = null, string? backend = null, byte[]? vectors = null)
    {
        var view = new JobView
        {
            Id = $"job-{_jobs.Count + 1}",
            Kind = kind,
            Project = "p",
            Name = kind,
            Status = JobStatuses.Running,
            Backend = backend,
            Spec = JsonSerializer.SerializeToElement(spec, type),
        };
        var job = new StandInJob(view) { Vectors = vectors };
        if (parts is not null) job.Take(new JobReport { Parts = parts });
        _jobs[view.Id] = job;
        Change();
        return job;
    }

    /// <summary>Waits until something holds of the requests for jobs.</summary>
    public Task UntilAsked(Func<LeaseRequest, bool> condition, CancellationToken cancellation) => Until(() => _asked.Any(condition), cancellation);

    /// <summary>Waits until something holds of the server.</summary>
    public async Task Until(Func<bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (condition()) return;
            await changed.WaitAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // Not Stop before it: closing what was stopped binds the port once more, which another test may have by then.
        _listener.Close();
        await _serving;
        _closing.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private void Change() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            Authorization = context.Request.Headers["Authorization"];
            if (Away)
            {
                context.Response.StatusCode = 503;
                Refused++;
                Change();
            }
            else
            {
                context.Response.StatusCode = await RouteAsync(context);
            }
        }
        catch (OperationCanceledException)
        {
            context.Response.StatusCode = 503;
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The caller is gone.
        }
        try
        {
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Likewise.
        }
    }

    private async Task<int> RouteAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var path = request.Url!.AbsolutePath["/api/v1/".Length..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        switch (path)
        {
            case ["workers", "lease"]:
                return await LeaseAsync(context, await BodyAsync(request, ContractsJson.Default.LeaseRequest));
            case ["runs", Run, "artifacts"]:
                return await SendAsync(context, new Page<ArtifactView>([.. _artifacts.Values.Select(artifact => artifact.View)], null), ContractsJson.Default.PageArtifactView);
            case ["runs", Run, "artifacts", .. var name] when request.HttpMethod == "PUT":
                return await StoreAsync(context, string.Join('/', name));
            case ["runs", Run, "artifacts", .. var name]:
                return await ArtifactAsync(context, string.Join('/', name));
            case ["jobs", var id, var verb] when _jobs.TryGetValue(id, out var job):
                return await JobAsync(context, job, verb);
            default:
                return 404;
        }
    }

    private async Task<int> LeaseAsync(HttpListenerContext context, LeaseRequest request)
    {
        _asked.Enqueue(request);
        Change();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        limit.CancelAfter(TimeSpan.FromSeconds(request.WaitSeconds ?? 0));
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            foreach (var job in _jobs.Values)
            {
                lock (job.Gate)
                {
                    if (!job.Waits || !request.Kinds!.Contains(job.View.Kind)) continue;
                    job.Waits = false;
                    job.Token++;
                    // Given back before: the new lease has no end yet.
                    job.End = null;
                }
                return await SendAsync(context, new Lease { Job = job.View, Token = job.Token, LeaseSeconds = LeaseSeconds }, ContractsJson.Default.Lease);
            }
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                return 204;
            }
        }
    }

    private async Task<int> ArtifactAsync(HttpListenerContext context, string name)
    {
        if (!_artifacts.TryGetValue(name, out var artifact)) return 404;
        context.Response.Headers["ETag"] = $"\"{artifact.View.Sha256}\"";
        context.Response.ContentLength64 = artifact.Content.Length;
        await context.Response.OutputStream.WriteAsync(artifact.Content);
        return 200;
    }

    private async Task<int> StoreAsync(HttpListenerContext context, string name)
    {
        using var content = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(content);
        Put(name, content.ToArray());
        return await SendAsync(context, _artifacts[name].View, ContractsJson.Default.ArtifactView);
    }

    private async Task<int> JobAsync(HttpListenerContext context, StandInJob job, string verb)
    {
        if (verb == "parts")
        {
            var after = long.Parse(context.Request.QueryString["after"]!, System.Globalization.CultureInfo.InvariantCulture);
            var parts = context.Request.QueryString["last"] == "true" ? job.Parts.TakeLast(1).ToList() : job.Parts.Where(part => part.Number > after).Take(100).ToList();
            return await SendAsync(context, new JobPartsView(parts, parts.Count == 0 ? after : parts[^1].Number), ContractsJson.Default.JobPartsView);
        }
        if (verb == "vectors")
        {
            if (job.Vectors is null) return 422;
            await context.Response.OutputStream.WriteAsync(job.Vectors);
            return 200;
        }
        if (verb == "watch")
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            try
            {
                await job.Until(waited => waited.Lost || waited.End is not null, limit.Token);
            }
            catch (OperationCanceledException)
            {
                return 204;
            }
            return 409;
        }
        if (verb == "report")
        {
            var report = await BodyAsync(context.Request, ContractsJson.Default.JobReport);
            if (job.Lost || report.Token != job.Token) return 409;
            job.Take(report);
            return await SendAsync(context, new ReportAnswer(LeaseSeconds), ContractsJson.Default.ReportAnswer);
        }
        var end = await BodyAsync(context.Request, ContractsJson.Default.JobEnd);
        if (job.Lost || end.Token != job.Token) return 409;
        job.Finish(end);
        return 204;
    }

    private static async Task<T> BodyAsync<T>(HttpListenerRequest request, JsonTypeInfo<T> type) => (await JsonSerializer.DeserializeAsync(request.InputStream, type))!;

    private static async Task<int> SendAsync<T>(HttpListenerContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type));
        return 200;
    }
}
