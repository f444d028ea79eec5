using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Computes a grid once for each batch, and tells its tiles and how far the whole is.</summary>
internal sealed class LandscapeStages
{
    private readonly EngineContext _context;
    private readonly Subject _subject;
    private readonly WeightPlane _plane;
    private readonly LandscapeGrid _grid;
    private readonly IReadOnlyList<Stage> _stages;
    private readonly double _work;
    private readonly long _began;
    private double _before;
    private double _here;

    /// <summary>Stages in the order in which they are computed.</summary>
    public LandscapeStages(EngineContext context, Subject subject, WeightPlane plane, LandscapeGrid grid, IReadOnlyList<Stage> stages)
    {
        (_context, _subject, _plane, _grid, _stages) = (context, subject, plane, grid, stages);
        _work = stages.Sum(stage => (double)grid.Points * stage.Batch.Samples);
        _began = context.Time.GetTimestamp();
    }

    /// <summary>One pass over the grid.</summary>
    /// <param name="Name">Stage of its parts.</param>
    /// <param name="Words">What a person reads.</param>
    /// <param name="Batch">The samples.</param>
    internal sealed record Stage(string Name, string Words, ITorchBatch Batch);

    public void Compute()
    {
        foreach (var stage in _stages) Compute(stage);
    }

    private void Compute(Stage stage)
    {
        var began = _context.Time.GetTimestamp();
        var done = _context.Task.Done.TryGetValue(stage.Name, out var tiles) ? tiles.Where(tile => tile >= 0 && tile < _grid.Tiles).ToHashSet() : [];
        var doneBefore = done.Sum(tile => _grid.Tile(tile).Count);
        _before += (double)doneBefore * stage.Batch.Samples;
        if (done.Count < _grid.Tiles)
        {
            var plan = new LandscapePlan
            {
                Model = _subject.Model,
                Batch = stage.Batch,
                Objective = _subject.Objective,
                Plane = _plane,
                Grid = _grid,
                DoneTiles = done,
                Order = TilePlan.Order(_grid.Tiles),
                Workers = _context.Task.Cores,
                Time = _context.Time,
            };
            var progress = new Heard<LandscapeProgress>(report => Tell(stage, report, doneBefore));
            _subject.Size.Lower(LandscapeEngine.Compute(plan, progress, _context.Cancellation).BatchSize);
        }
        _here += (double)(_grid.Points - doneBefore) * stage.Batch.Samples;
        _context.Output.Note($"{stage.Words}: {_context.Time.GetElapsedTime(began).TotalSeconds:0.0} s.");
    }

    private void Tell(Stage stage, LandscapeProgress report, int doneBefore)
    {
        if (report.Message is { } message)
        {
            _subject.Notes.Add(message);
            _context.Output.Note(message);
        }
        if (report.Tile is { } tile)
        {
            var part = new LandscapeTilePart { First = tile.First, Loss = tile.Loss, Accuracy = tile.Accuracy };
            _context.Output.Part(stage.Name, tile.Index, JsonSerializer.SerializeToElement(part, ContractsJson.Default.LandscapeTilePart));
        }
        var here = _here + (double)(report.PointsDone - doneBefore) * stage.Batch.Samples;
        var seconds = _context.Time.GetElapsedTime(_began).TotalSeconds;
        var left = here > 0 ? (_work - _before - here) * seconds / here : (double?)null;
        _context.Output.Progress((_before + here) / _work, stage.Words, left);
    }
}
