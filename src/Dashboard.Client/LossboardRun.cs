namespace Dashboard.Client;

/// <summary>
/// One training run being logged. Every <c>Log…</c> method only appends to a bounded queue and never throws: a background loop batches, sends,
/// tries again and, while the server is away, keeps what was logged on disk, from where it is sent exactly once, if need be by the next process.
/// What goes wrong is told through <see cref="LossboardOptions.Notices"/>. All members may be called from any thread.
/// </summary>
public sealed partial class LossboardRun : IAsyncDisposable
{
    private readonly LossboardOptions _options;
    private readonly Notifier _notifier;
    private readonly EventQueue _queue;
    private readonly RunPipeline _pipeline;
    private readonly Lock _finishGate = new();
    private Task<bool>? _finished;
    private int _late;

    private LossboardRun(LossboardOptions options)
    {
        _options = options;
        _notifier = new Notifier(options.Notices);
        _queue = new EventQueue(options.QueueCapacity, options.QueueBytes, options.BatchPoints);
        _pipeline = new RunPipeline(options, _queue, _notifier);
        if (options.SystemMetrics)
            _machine = new MachineMetrics(new MachineMeasures(options.ProcFolder, options.Time, NvidiaLoad.Find()), options.Time, options.SystemInterval, Log, _notifier);
    }

    /// <summary>Starts logging; the run is created on the server in the background, or left as it is where it exists. Does no network I/O.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of range; the message names each.</exception>
    public static LossboardRun Start(LossboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var config = options.ConfigElement();
        var run = new LossboardRun(options);
        run._pipeline.Start(config);
        return run;
    }

    /// <summary>Logs one value of a curve, now. Takes well under a microsecond and allocates nothing; NaN and infinities are kept.</summary>
    /// <param name="tag">Name of the curve; parts before <c>/</c> group curves.</param>
    /// <param name="value">The value.</param>
    /// <param name="step">Training step.</param>
    public void Log(string tag, double value, long step) => Add(new LoggedEvent(tag ?? "", step, value, Now(), null));

    /// <summary>Logs several curves at one step.</summary>
    public void Log(long step, params ReadOnlySpan<(string Tag, double Value)> values)
    {
        var now = Now();
        foreach (var (tag, value) in values)
            Add(new LoggedEvent(tag ?? "", step, value, now, null));
    }

    /// <summary>Logs the distribution of a tensor in 64 equal bins between its extremes, counted on the caller's thread. Values that are not finite are left out.</summary>
    public void LogHistogram(string tag, ReadOnlySpan<float> values, long step)
    {
        try
        {
            AddRecord(tag, step, EventJson.Histogram(tag, values, step, Now()));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _notifier.BadEvent($"histogram \"{tag}\" at step {step}", e);
        }
    }

    /// <summary>Logs text, shown as Markdown.</summary>
    public void LogText(string tag, string text, long step = 0) =>
        AddRecord(tag, step, "text", () => EventJson.Text(tag, text, step, Now()));

    /// <summary>Logs how many samples of each label a split holds.</summary>
    public void LogLabels(string split, IReadOnlyDictionary<string, long> counts) =>
        AddRecord(split, 0, "labels", () => EventJson.Labels(split, counts));

    /// <summary>Logs how many samples of each class a split holds, counted from the class of each.</summary>
    /// <param name="split">Name of the split, <c>train</c> say.</param>
    /// <param name="labels">Class of each sample, from 0.</param>
    /// <param name="classes">What the classes are called; one without samples is counted 0. Null: the numbers are the names.</param>
    public void LogLabels(string split, IEnumerable<int> labels, IReadOnlyList<string>? classes = null) =>
        AddRecord(split, 0, "labels", () => EventJson.Labels(split, LabelCounts.Of(labels, classes)));

    /// <summary>Logs how many samples of each class a split holds, counted from the name of the class of each.</summary>
    public void LogLabels(string split, IEnumerable<string> labels) =>
        AddRecord(split, 0, "labels", () => EventJson.Labels(split, LabelCounts.Of(labels)));

    /// <summary>Logs vectors to be projected.</summary>
    /// <param name="tag">Name of the embedding.</param>
    /// <param name="vectors">Row after row, <c>n × dimensions</c>.</param>
    /// <param name="dimensions">Length of a row.</param>
    /// <param name="step">Training step.</param>
    /// <param name="metadata">Columns with one text a vector, or null.</param>
    /// <param name="sprite">Thumbnails, which are uploaded as an artifact of this run, or null.</param>
    public void LogEmbedding(string tag, ReadOnlySpan<float> vectors, int dimensions, long step,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? metadata = null, LossboardSprite? sprite = null)
    {
        try
        {
            AddRecord(tag, step, EventJson.Embedding(tag, vectors, dimensions, step, Now(), metadata, sprite));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _notifier.BadEvent($"embedding \"{tag}\" at step {step}", e);
        }
    }

    /// <summary>Begins a phase, such as data loading, that ends and is logged when disposed.</summary>
    public LossboardPhase Phase(string name) => new(this, name, Now());

    /// <summary>Sends what was logged so far and waits for it, at most for <see cref="LossboardOptions.FinishTimeout"/>.</summary>
    /// <returns>True when the server has it; false when it is on disk, or still in memory where that failed, and will be sent later.</returns>
    public Task<bool> FlushAsync(CancellationToken cancellation = default) => _pipeline.FlushAsync(_options.FinishTimeout, cancellation);

    /// <summary>Copies a file to the spool and sends it from there in the background, beside the events: it may be changed as soon as this ends.</summary>
    /// <returns>True when the copy is on disk; false, with a notice, when it could not be made.</returns>
    /// <inheritdoc cref="UploadArtifactAsync(Stream, string, string, long?, CancellationToken)"/>
    public async Task<bool> UploadArtifactAsync(string path, string? name = null, string type = "file", long? step = null, CancellationToken cancellation = default)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await UploadArtifactAsync(file, name ?? Path.GetFileName(path), type, step, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _notifier.BadEvent($"artifact \"{path}\"", e);
            return false;
        }
    }

    /// <summary>Copies a stream to the spool and sends it from there in the background, beside the events.</summary>
    /// <param name="content">Read to its end; not closed.</param>
    /// <param name="name">Name within the run; may hold <c>/</c>.</param>
    /// <param name="type"><c>checkpoint</c>, <c>model</c>, <c>batch</c>, <c>landscape</c>, <c>projection</c>, <c>image</c> or <c>file</c>.</param>
    /// <param name="step">Training step, or null.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <returns>True when the copy is on disk; false, with a notice, when it could not be made.</returns>
    public Task<bool> UploadArtifactAsync(Stream content, string name, string type = "file", long? step = null, CancellationToken cancellation = default) =>
        _pipeline.AddArtifactAsync(content, name, type, step, null, cancellation);

    /// <summary>Ends the run: sends everything, waits up to <see cref="LossboardOptions.FinishTimeout"/>, leaves the rest in the spool. Only the first call counts.</summary>
    /// <param name="status"><c>finished</c> or <c>failed</c>.</param>
    /// <returns>True when the server has everything.</returns>
    public Task<bool> FinishAsync(string status = "finished")
    {
        lock (_finishGate)
        {
            if (_finished is null)
            {
                _machine?.Dispose();
                _queue.Close();
                _finished = _pipeline.FinishAsync(status);
            }

            return _finished;
        }
    }

    /// <summary>Ends the run as finished, where <see cref="FinishAsync"/> was not called before.</summary>
    public async ValueTask DisposeAsync() => await FinishAsync();

    /// <summary>Stops as a killed process would: nothing more is sent or written. For tests.</summary>
    internal Task AbandonAsync()
    {
        _machine?.Dispose();
        return _pipeline.DisposeAsync().AsTask();
    }

    internal void LogPhase(string name, double started) =>
        AddRecord(name, 0, "phase", () => EventJson.Phase(name, started, Math.Max(started, Now())));

    private void AddRecord(string tag, long step, string what, Func<byte[]> write)
    {
        try
        {
            AddRecord(tag, step, write());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _notifier.BadEvent($"{what} \"{tag}\" at step {step}", e);
        }
    }

    private void AddRecord(string tag, long step, byte[] payload)
    {
        if (Names.Problem(tag) is { } problem)
            _notifier.BadName(tag ?? "", problem, 1);
        else
            Add(new LoggedEvent(tag, step, 0, 0, payload));
    }

    private void Add(in LoggedEvent item)
    {
        // A full queue counts what it turns away, and the background loop reports it.
        if (!_queue.TryAdd(item) && _queue.Closed && Interlocked.Exchange(ref _late, 1) == 0)
            _notifier.TooLate(item.Tag);
    }

    /// <summary>Seconds since the Unix epoch, to the millisecond: what the server packs best.</summary>
    private double Now() => _options.Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
