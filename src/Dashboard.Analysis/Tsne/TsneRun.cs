namespace Dashboard.Analysis;

/// <summary>One t-SNE from its start to its end.</summary>
internal sealed class TsneRun<T>
    where T : unmanaged, IWide<T>
{
    // With fewer points everything is in the cache of one core anyway.
    private const int FewestOrdered = 20_000;

    // What the start's first column deviates by, and columns in which nothing varies: enough to leave a line that points would else stay on.
    private const double StartDeviation = 1e-4, NoiseDeviation = 1e-6;

    private readonly TsneOptions _options;
    private readonly ComputeOptions _compute;
    private readonly IEmbeddingObserver? _observer;
    private readonly PhaseTeam _team;
    private readonly TsneSpace _space;
    private readonly TsneDescent<T> _descent;
    private readonly Action<int, int, int> _attract;
    private TsneAffinities _affinities;
    private int[] _order;

    public TsneRun(NeighborTable neighbors, VectorTable start, TsneOptions options, ComputeOptions compute, IEmbeddingObserver? observer, PhaseTeam team)
    {
        (_options, _compute, _observer, _team) = (options, compute, observer, team);
        _space = new TsneSpace(start.Rows, start.Columns);
        Place(start);
        _descent = new TsneDescent<T>(_space, _team);
        _order = [.. Enumerable.Range(0, start.Rows)];
        if (Ordered) Order();
        _affinities = TsneAffinities.Of(neighbors, Math.Min(options.Perplexity, neighbors.Count), _order, _team);
        _attract = (_, first, end) => TsneAttraction<T>.Compute(_space, _affinities, first, end);
    }

    public TsneResult Embed()
    {
        var kind = TsneCosts.Choose(_options.Repulsion, _space.Points, _space.Dimensions);
        ITsneRepulsion repulsion = kind switch
        {
            TsneRepulsion.Exact => new TsneExactRepulsion<T>(_space, _team),
            TsneRepulsion.BarnesHut => new TsneBarnesHut<T>(_space, _team),
            _ => new TsneGrid<T>(_space, _team),
        };
        var advance = new Advance(_compute, 0, 1, _options.Iterations);
        for (var iteration = 0; iteration < _options.Iterations; iteration++)
        {
            var early = iteration < _options.EarlyIterations;
            // By now neighbours are near each other: ordered by place, what is looked up together lies together.
            if (iteration == _options.EarlyIterations && iteration > 0 && Ordered) _affinities = _affinities.Ordered(Order(), _team);
            var exaggeration = early ? _options.EarlyExaggeration : 1;
            _team.RunBlocks(_space.Points, TsneSpace.BlockPoints, _attract);
            var z = repulsion.Compute();
            _descent.Step(new TsneStep((float)exaggeration, (float)(1 / z), early ? .5f : .8f, (float)(_options.LearningRate ?? _space.Points / exaggeration)));
            advance.Step();
            if (_observer?.Wants(iteration + 1, _options.Iterations) == true) _observer.Show(iteration + 1, _options.Iterations, Coordinates());
        }
        return new TsneResult(Coordinates(), Divergence(repulsion.Compute()), kind, _options.Iterations);
    }

    private bool Ordered => _space.Points >= FewestOrdered;

    private int[] Order()
    {
        var morton = new MortonOrder(_space);
        morton.Sort(_team);
        _space.Order(morton.Points);
        _order = Array.ConvertAll(morton.Points, at => _order[at]);
        return morton.Points;
    }

    private double Divergence(double z)
    {
        var parts = new double[Blocks.Count(_space.Points, TsneSpace.BlockPoints)];
        _team.RunBlocks(_space.Points, TsneSpace.BlockPoints, (block, first, end) => parts[block] = TsneAttraction<T>.Divergence(_space, _affinities, first, end));
        return parts.Sum() + Math.Log(z);
    }

    private VectorTable Coordinates()
    {
        var table = new VectorTable(_space.Points, _space.Dimensions);
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            var positions = _space.Positions[dimension].Span;
            for (var point = 0; point < _space.Points; point++) table.Values[_order[point] * _space.Dimensions + dimension] = positions[point];
        }
        return table;
    }

    private void Place(VectorTable start)
    {
        var scale = 0.0;
        for (var dimension = 0; dimension < start.Columns; dimension++)
        {
            double sum = 0, squares = 0;
            for (var row = 0; row < start.Rows; row++) sum += start.Values[row * start.Columns + dimension];
            var mean = sum / start.Rows;
            for (var row = 0; row < start.Rows; row++) squares += Math.Pow(start.Values[row * start.Columns + dimension] - mean, 2);
            var deviation = Math.Sqrt(squares / start.Rows);
            if (dimension == 0) scale = deviation > 0 ? StartDeviation / deviation : 0;
            var positions = _space.Positions[dimension].Span;
            // A start without any extent is that of equal vectors, which nothing tells apart: they stay together.
            var noise = scale > 0 && deviation * scale < NoiseDeviation * 1e-3 ? new SeededRandom(0, dimension) : (SeededRandom?)null;
            for (var row = 0; row < start.Rows; row++)
                positions[row] = noise is null ? (float)((start.Values[row * start.Columns + dimension] - mean) * scale) : 0;
            if (noise is { } random)
            {
                // Even over an interval of the deviation wanted.
                for (var row = 0; row < start.Rows; row++) positions[row] = (float)(NoiseDeviation * (random.Next(1 << 20) / (double)(1 << 19) - 1));
            }
        }
        _space.Pack(0, _space.Points);
    }
}
