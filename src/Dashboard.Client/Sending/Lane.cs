namespace Dashboard.Client;

/// <summary>
/// Requests that are sent one after another, oldest first. What does not fit in memory, or waits while the server is away, lies in the
/// spool under the same key, so that a request whose answer was lost is the same request when it is sent again.
/// </summary>
internal sealed class Lane(SpoolFolder spool, LossboardOptions options, Notifier notifier) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<OutgoingRequest> _items = [];
    private readonly List<(OutgoingRequest Last, TaskCompletionSource Done)> _waiters = [];
    private readonly SemaphoreSlim _available = new(0);
    private long _memoryBytes;
    private bool _away;
    private bool _spoolFailed;

    /// <summary>Requests waiting, the one being sent included.</summary>
    public int Count { get { lock (_gate) return _items.Count; } }

    /// <summary>True while the server does not take this lane's requests.</summary>
    public bool Away { get { lock (_gate) return _away; } }

    /// <summary>Adds a request behind the others; it goes to the spool where the server is away or memory is used up.</summary>
    public void Enqueue(OutgoingRequest request)
    {
        lock (_gate)
        {
            _memoryBytes += request.Body?.Length ?? 0;
            if (request.Body is not null && (_away || _memoryBytes > options.MemoryBytes) && !Spill(request) && _memoryBytes > 2 * options.MemoryBytes)
            {
                _memoryBytes -= request.Body.Length;
                notifier.Dropped(request.Header.Count, "neither the server nor the spool takes them and the memory for waiting requests is full.");
                return;
            }

            _items.AddLast(request);
        }

        _available.Release();
    }

    /// <summary>The oldest request, once there is one. It stays in the lane until <see cref="Complete"/>.</summary>
    public async Task<OutgoingRequest> HeadAsync(CancellationToken cancellation)
    {
        await _available.WaitAsync(cancellation);
        _available.Release();
        lock (_gate)
            return _items.First!.Value;
    }

    /// <summary>Takes the oldest request out for good and deletes its file.</summary>
    public void Complete(OutgoingRequest request)
    {
        _available.Wait(0);
        lock (_gate)
        {
            _items.RemoveFirst();
            if (request.Body is not null)
                _memoryBytes -= request.Body.Length;
            if (request.File is not null)
                Delete(request);
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Last != request)
                    continue;
                _waiters[i].Done.TrySetResult();
                _waiters.RemoveAt(i);
            }
        }

        request.Orphan?.Release();
    }

    /// <summary>Says whether the server takes requests; when it stops to, all that wait are written to the spool.</summary>
    public void SetAway(bool away)
    {
        lock (_gate)
        {
            _away = away;
            if (away)
                SpillAll();
        }
    }

    /// <summary>Writes everything that is only in memory to the spool.</summary>
    /// <returns>False where something could not be written.</returns>
    public bool SpillAll()
    {
        lock (_gate)
        {
            var all = true;
            foreach (var request in _items)
                all &= request.File is not null || Spill(request);
            return all;
        }
    }

    /// <summary>Ends when everything enqueued so far is sent or refused.</summary>
    public Task WhenSentAsync()
    {
        lock (_gate)
        {
            if (_items.Last is null)
                return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((_items.Last.Value, done));
            return done.Task;
        }
    }

    /// <summary>Lets go of dead processes' folders that are not emptied yet.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var request in _items)
                request.Orphan?.Dispose();
        }

        _available.Dispose();
    }

    /// <summary>Called under the lock.</summary>
    private bool Spill(OutgoingRequest request)
    {
        var body = request.Body!;
        if (spool.Bytes + body.Length > options.SpoolBytes)
            return false;
        try
        {
            var path = spool.PathFor(request.Header.Kind, request.Number);
            request.FileBytes = SpoolFile.Write(path, request.Header, body);
            request.File = path;
            // A try that is under way keeps its own reference to the bytes.
            request.Body = null;
            spool.Account(request.FileBytes);
            _memoryBytes -= body.Length;
            _spoolFailed = false;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            if (!_spoolFailed)
                notifier.SpoolFailed(e);
            _spoolFailed = true;
            return false;
        }
    }

    private void Delete(OutgoingRequest request)
    {
        try
        {
            File.Delete(request.File!);
            if (request.Orphan is null)
                spool.Account(-request.FileBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It would be sent once more under the same key, which the server answers without storing anything.
        }
    }
}
