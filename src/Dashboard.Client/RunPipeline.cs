using System.Text.Json;

namespace Dashboard.Client;

/// <summary>What runs behind a <see cref="LossboardRun"/>: the loop that turns the queue into requests, and one sender each for the events, the artifacts and what other runs left behind.</summary>
internal sealed class RunPipeline : IAsyncDisposable
{
    /// <summary>While the server is away small batches are gathered for longer: each costs a file and a flush to the disk.</summary>
    private const int AwayIntervals = 10;

    private readonly LossboardOptions _options;
    private readonly EventQueue _queue;
    private readonly Notifier _notifier;
    private readonly SpoolFolder _spool;
    private readonly Transport _transport;
    private readonly BatchEncoder _encoder;
    private readonly Lane _events;
    private readonly Lane _artifacts;
    private readonly Lane _others;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _drainGate = new();
    private readonly LoggedEvent[] _drained;
    private ITimer? _timer;
    private Task _loops = Task.CompletedTask;
    private long _number;
    private int _skipped;
    private int _stopped;

    public RunPipeline(LossboardOptions options, EventQueue queue, Notifier notifier)
    {
        _options = options;
        _queue = queue;
        _notifier = notifier;
        _spool = new SpoolFolder(options);
        _transport = new Transport(options);
        _encoder = new BatchEncoder(options, notifier);
        _events = new Lane(_spool, options, notifier);
        _artifacts = new Lane(_spool, options, notifier);
        _others = new Lane(_spool, options, notifier);
        // A whole queue at once, so that one look empties it.
        _drained = new LoggedEvent[options.QueueCapacity];
    }

    /// <summary>Takes over what earlier processes left, announces the run and starts the loops.</summary>
    public void Start(JsonElement? config)
    {
        Adopt(ownRun: true);
        AddRun("running", new { config, _options.Group, _options.Parent, _options.Tags, _options.Notes });
        _timer = _options.Time.CreateTimer(_ => _queue.Wake(), null, _options.FlushInterval, _options.FlushInterval);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        _loops = Task.WhenAll(
            Task.Run(PumpAsync),
            Task.Run(() => Sender(_events).RunAsync(_stop.Token)),
            Task.Run(() => Sender(_artifacts).RunAsync(_stop.Token)),
            Task.Run(() =>
            {
                // Not at the start: there may be many, and training waits for that.
                Adopt(ownRun: false);
                return Sender(_others).RunAsync(_stop.Token);
            }));
    }

    /// <summary>Waits until the server has everything logged so far, or writes it to the spool when the time is over.</summary>
    public async Task<bool> FlushAsync(TimeSpan limit, CancellationToken cancellation)
    {
        await Task.Run(Drain, cancellation);
        var sent = Task.WhenAll(_events.WhenSentAsync(), _artifacts.WhenSentAsync());
        try
        {
            await sent.WaitAsync(limit, _options.Time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            Spill();
            return false;
        }
    }

    /// <summary>Stages an artifact in the spool.</summary>
    public async Task<bool> AddArtifactAsync(Stream content, string name, string type, long? step, LossboardOrigin? origin, CancellationToken cancellation)
    {
        if (Names.Problem(name) is { } problem)
        {
            _notifier.BadEvent("artifact", new ArgumentException($"the name \"{name}\" {problem}"));
            return false;
        }

        try
        {
            var number = Interlocked.Increment(ref _number);
            var header = Header(RequestKind.Artifact, number, 1) with
            {
                ContentType = "application/octet-stream",
                Artifact = name,
                ArtifactType = type,
                ArtifactStep = step,
                ArtifactReason = origin?.Reason,
                ArtifactMetric = origin?.Metric,
                ArtifactMetricValue = origin?.Value?.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                ArtifactMetricGoal = origin?.Goal,
            };
            var path = _spool.PathFor(RequestKind.Artifact, number);
            var bytes = await SpoolFile.WriteAsync(path, header, content, cancellation);
            _spool.Account(bytes);
            _artifacts.Enqueue(new OutgoingRequest(header, number) { File = path, FileBytes = bytes });
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
        {
            _notifier.BadEvent($"artifact \"{name}\"", e);
            return false;
        }
    }

    /// <summary>Asks for a job, once.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">The server refuses, or cannot be reached; the message says which.</exception>
    public Task<string> PostJobAsync(string kind, string? name, Func<string, JsonElement> spec, CancellationToken cancellation) =>
        _transport.PostJobAsync(Header(RequestKind.Run, 0, 0), kind, name, spec, cancellation);

    /// <summary>Sends everything and the final status, then stops.</summary>
    public async Task<bool> FinishAsync(string status)
    {
        await Task.Run(Drain);
        AddRun(status, null);
        var all = await FlushAsync(_options.FinishTimeout, CancellationToken.None);
        if (!all)
            _notifier.NotSent(_events.Count + _artifacts.Count);
        await DisposeAsync();
        return all;
    }

    /// <summary>Stops the loops and lets go of files and locks; what waits in memory is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _timer?.Dispose();
        await _stop.CancelAsync();
        await _loops;
        _transport.Dispose();
        _events.Dispose();
        _artifacts.Dispose();
        _others.Dispose();
        _spool.Dispose();
        _stop.Dispose();
    }

    private void Adopt(bool ownRun)
    {
        try
        {
            var left = _spool.Adopt(ownRun, _notifier);
            if (left.Count > 0)
                _notifier.Replaying(left.Count);
            foreach (var request in left)
                (!ownRun ? _others : request.Header.Kind == RequestKind.Artifact ? _artifacts : _events).Enqueue(request);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _notifier.SpoolFailed(e);
        }
    }

    private async Task PumpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _queue.WaitAsync(_stop.Token);
                if (_events.Away && _queue.Count < _options.BatchPoints && ++_skipped < AwayIntervals)
                    continue;
                Drain();
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives whatever one batch does.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _notifier.LoopFailed(e);
            }
        }
    }

    /// <summary>Turns what is queued into requests.</summary>
    private void Drain()
    {
        lock (_drainGate)
        {
            _skipped = 0;
            if (_queue.TakeDropped() is > 0 and var dropped)
                _notifier.Dropped(dropped, $"more than {_options.QueueCapacity} events or {_options.QueueBytes} bytes came in faster than they could be batched.");
            for (int n; (n = _queue.Drain(_drained)) > 0;)
            {
                foreach (var batch in _encoder.Encode(_drained.AsMemory(0, n)))
                {
                    var number = Interlocked.Increment(ref _number);
                    var header = Header(RequestKind.Events, number, batch.Count) with { ContentType = batch.ContentType, ContentEncoding = batch.ContentEncoding };
                    _events.Enqueue(new OutgoingRequest(header, number) { Body = batch.Body });
                }

                Array.Clear(_drained, 0, n);
            }
        }
    }

    private void AddRun(string status, object? more)
    {
        var body = new Dictionary<string, JsonElement>();
        Merge(new { _options.Project, _options.Run, status });
        Merge(more);
        lock (_drainGate)
        {
            var number = Interlocked.Increment(ref _number);
            _events.Enqueue(new OutgoingRequest(Header(RequestKind.Run, number, 0), number) { Body = JsonSerializer.SerializeToUtf8Bytes(body, Json.Options) });
        }

        void Merge(object? part)
        {
            if (part is null)
                return;
            foreach (var property in JsonSerializer.SerializeToElement(part, Json.Options).EnumerateObject())
                body[property.Name] = property.Value;
        }
    }

    private RequestHeader Header(RequestKind kind, long number, int count) => new()
    {
        Kind = kind,
        Key = $"{_spool.Writer}-{number}",
        Project = _options.Project,
        Run = _options.Run,
        Count = count,
    };

    private Sender Sender(Lane lane) => new(lane, _transport, _spool, _options, _notifier);

    private void Spill()
    {
        Drain();
        _events.SpillAll();
    }

    /// <summary>A process that ends without finishing its run keeps what it logged on disk.</summary>
    private void OnProcessExit(object? sender, EventArgs e) => Spill();
}
