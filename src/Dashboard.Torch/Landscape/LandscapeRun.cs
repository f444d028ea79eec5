namespace Dashboard.Torch;

/// <summary>One computation of <see cref="LandscapeEngine"/>: workers take the next tile until there is none.</summary>
internal sealed class LandscapeRun : IDisposable
{
    private readonly LandscapePlan _plan;
    private readonly ITorchPlane _plane;
    private readonly IProgress<LandscapeProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _stop;
    private readonly Lock _gate = new();
    private readonly Queue<int> _tiles;
    private readonly bool _hasAccuracy;
    private int _pointsDone;

    public LandscapeRun(LandscapePlan plan, ITorchPlane plane, IProgress<LandscapeProgress>? progress, CancellationToken cancellation)
    {
        (_plan, _plane, _progress, _cancellation) = (plan, plane, progress, cancellation);
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Workers, 1);
        var all = (plan.Order ?? Enumerable.Range(0, plan.Grid.Tiles)).ToLookup(plan.DoneTiles.Contains);
        _tiles = new Queue<int>(all[false]);
        _pointsDone = all[true].Sum(tile => plan.Grid.Tile(tile).Count);
        BatchSize = plan.Objective.BatchSize;
        Workers = Math.Min(plan.Model.Device == "cpu" ? plan.Workers : 1, Math.Max(1, _tiles.Count));
        _hasAccuracy = WithLessMemory(size => plan.Model.Check(plan.Batch, plan.Objective with { BatchSize = size }));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    public int TilesComputed { get; private set; }

    public int BatchSize { get; private set; }

    public int Workers { get; }

    public LossValue ComputeCenter()
    {
        var loss = new double[1];
        var accuracy = new double[_hasAccuracy ? 1 : 0];
        Evaluate(_plan.Model, [0, 0], loss, accuracy, null);
        return new LossValue(loss[0], _hasAccuracy ? accuracy[0] : null);
    }

    public void ComputeTiles()
    {
        try
        {
            ModelThreads.Run(_plan.Model, Workers, (model, _) => Work(model), _stop.Cancel);
        }
        catch when (_cancellation.IsCancellationRequested)
        {
            // Told as a cancellation below, whatever it was that stopped first.
        }
        _cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => _stop.Dispose();

    private void Work(ITorchModel model)
    {
        while (Next() is { } tile) Compute(model, tile);
    }

    private int? Next()
    {
        lock (_gate) return !_stop.IsCancellationRequested && _tiles.TryDequeue(out var tile) ? tile : null;
    }

    private void Compute(ITorchModel model, int index)
    {
        var (first, count) = _plan.Grid.Tile(index);
        var loss = new double[count];
        var accuracy = new double[_hasAccuracy ? count : 0];
        var counted = 0;
        Evaluate(model, _plan.Grid.Coordinates(first, count), loss, accuracy, done => Report(done));
        lock (_gate)
        {
            TilesComputed++;
            _progress?.Report(new LandscapeProgress(_pointsDone, _plan.Grid.Points, new LandscapeTile(index, first, loss, _hasAccuracy ? accuracy : null)));
        }

        void Report(int done)
        {
            lock (_gate)
            {
                // A tile that is begun again with less memory counts its points once.
                if (done <= counted) return;
                _pointsDone += done - counted;
                counted = done;
                if (done < count) _progress?.Report(new LandscapeProgress(_pointsDone, _plan.Grid.Points));
            }
        }
    }

    private void Evaluate(ITorchModel model, double[] coordinates, double[] loss, double[] accuracy, Action<int>? report) =>
        WithLessMemory(size =>
        {
            model.EvaluateTile(_plan.Batch, _plane, _plan.Objective with { BatchSize = size }, coordinates, loss, accuracy, report, _stop.Token);
            return true;
        });

    /// <summary>Computes with the batch size at hand, halved until it fits.</summary>
    private bool WithLessMemory(Func<int, bool> compute)
    {
        while (true)
        {
            var size = BatchSize;
            try
            {
                return compute(size);
            }
            catch (TorchOutOfMemoryException) when (size > 1)
            {
                lock (_gate)
                {
                    // Another worker may have halved it meanwhile.
                    if (BatchSize < size) continue;
                    BatchSize = size / 2;
                    _progress?.Report(new LandscapeProgress(_pointsDone, _plan.Grid.Points, null, $"Memory did not suffice for {size} samples at once; going on with {BatchSize}."));
                }
            }
        }
    }
}
