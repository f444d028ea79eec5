using Dashboard.Torch;

namespace Dashboard.Benchmarks;

/// <summary>One of the peers' models in the engine, on the same plane.</summary>
internal sealed class EngineCase : IDisposable
{
    private const int Tile = 4;

    private readonly ITorchModel _model;
    private readonly ITorchBatch _batch;
    private readonly WeightPlane _plane;
    private readonly LandscapeGrid _grid;
    private readonly int _batchSize;

    public EngineCase(ITorchRuntime runtime, string folder, string name, int points, int batchSize)
    {
        _model = runtime.LoadModel(Path.Combine(folder, $"{name}.pt"));
        _batch = runtime.LoadBatch(Path.Combine(folder, $"{name}_batch.safetensors"));
        double[] Direction(string axis) => WeightFile.ReadDirection(Path.Combine(folder, $"{name}_{axis}.safetensors"), _model);
        _plane = new WeightPlane(_model.Read(), Direction("x"), Direction("y"));
        _grid = new LandscapeGrid(new(-1, 1, points), new(-1, 1, points), Tile);
        _batchSize = batchSize;
    }

    public int Points => _grid.Points;

    public double[] Coordinates => _grid.Coordinates(0, _grid.Points);

    /// <summary>Whether the last landscape was factored.</summary>
    public bool Factored { get; private set; }

    public (Cost Cost, double[] Losses) Run(int workers, EvaluationPath evaluation = EvaluationPath.Fastest)
    {
        var losses = new double[_grid.Points];
        var objective = new Objective(LossKind.CrossEntropy, BatchSize: _batchSize) { Evaluation = evaluation };
        var plan = new LandscapePlan { Model = _model, Batch = _batch, Objective = objective, Plane = _plane, Grid = _grid, Workers = workers };
        var cost = Cost.Of(() => Factored = LandscapeEngine.Compute(plan, new Into(losses)).Factored);
        return (cost, losses);
    }

    public void Dispose()
    {
        _batch.Dispose();
        _model.Dispose();
    }

    private sealed class Into(double[] losses) : IProgress<LandscapeProgress>
    {
        public void Report(LandscapeProgress value) => value.Tile?.Loss.CopyTo(losses, value.Tile.First);
    }
}
