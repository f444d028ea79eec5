using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Puts a landscape together from its parts, those of this lease and those of earlier ones. What an engine says is checked before it goes further.</summary>
internal sealed class LandscapeAssembly : IPartAssembly
{
    private readonly Dictionary<string, Surface> _surfaces = [];

    /// <summary>The plan, once it is known.</summary>
    public LandscapePlanPart? Plan { get; private set; }

    /// <summary>Tiles that are there, by stage.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Done => _surfaces.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<int>)[.. pair.Value.Tiles]);

    /// <summary>Takes a part.</summary>
    /// <returns>The part, of which nothing is left that was not understood.</returns>
    /// <exception cref="InvalidDataException">It does not belong to this landscape.</exception>
    public JobPart Add(JobPart part)
    {
        try
        {
            return part.Stage == LandscapeStageNames.Plan ? AddPlan(part) : AddTile(part);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A part '{part.Stage}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The whole.</summary>
    /// <exception cref="InvalidDataException">A tile is missing.</exception>
    public JsonElement Result(LandscapeSummary summary, string? moreNotes = null)
    {
        var plan = Plan ?? throw Bad("there is no plan");
        var loss = Whole(LandscapeStageNames.Loss);
        var validation = summary.ValidationSamples is null ? null : Whole(LandscapeStageNames.Validation);
        List<string> notes = [.. summary.Notes];
        if (moreNotes is not null) notes.Add(moreNotes);
        var view = new LandscapeView
        {
            X = plan.X,
            Y = plan.Y,
            Loss = loss.Rows(loss.Loss),
            Accuracy = loss.Accuracy is null ? null : loss.Rows(loss.Accuracy),
            CenterLoss = summary.CenterLoss,
            CenterAccuracy = summary.CenterAccuracy,
            Validation = validation is null ? null : new LandscapeSurface
            {
                Loss = validation.Rows(validation.Loss),
                Accuracy = validation.Accuracy is null ? null : validation.Rows(validation.Accuracy),
                CenterLoss = summary.ValidationCenterLoss,
                CenterAccuracy = summary.ValidationCenterAccuracy,
                Samples = summary.ValidationSamples,
            },
            Path = plan.Path,
            ExplainedVariance = plan.ExplainedVariance,
            Eigenvalues = plan.Eigenvalues,
            Barrier = summary.EndLoss is { } end ? Barrier(plan, loss.Loss, summary.CenterLoss, end) : null,
            DirectionNorms = summary.DirectionNorms,
            ConvexShare = Convex(plan, loss.Loss),
            Parameters = summary.Parameters,
            Samples = summary.Samples,
            BatchSize = summary.BatchSize,
            Notes = notes.Count == 0 ? null : notes,
            Device = summary.Device,
            Engine = summary.Engine,
            Seconds = summary.Seconds,
        };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.LandscapeView);
    }

    /// <summary>Along the line y = 0: the row nearest to it, which a symmetric axis with an odd number of points has exactly.</summary>
    private static double? Barrier(LandscapePlanPart plan, double[] loss, double start, double end)
    {
        var row = plan.Y is null ? 0 : Enumerable.Range(0, plan.Y.Count).MinBy(index => Math.Abs(plan.Y[index]));
        if (plan.Y is not null && plan.Y[row] != 0) return null;
        var barrier = LandscapeEngine.Barrier([.. plan.X], loss.AsSpan(row * plan.X.Count, plan.X.Count), start, end);
        return double.IsNaN(barrier) ? null : barrier;
    }

    private static double? Convex(LandscapePlanPart plan, double[] loss)
    {
        static GridAxis Axis(IReadOnlyList<double> values) => new(values[0], values[^1], values.Count);
        var share = SliceConvexity.Measure(new LandscapeGrid(Axis(plan.X), plan.Y is null ? null : Axis(plan.Y)), loss).Share;
        return double.IsNaN(share) ? null : share;
    }

    private JobPart AddPlan(JobPart part)
    {
        var plan = part.Data.Deserialize(ContractsJson.Default.LandscapePlanPart) ?? throw Bad("its plan is empty");
        var points = (long)plan.X.Count * (plan.Y?.Count ?? 1);
        if (plan.X.Count < 2 || plan.Y is { Count: < 2 } || points > LandscapeGrid.MostPoints || plan.TilePoints is < 1 or > LandscapeGrid.MostPoints)
            throw Bad("its plan has an impossible grid");
        if (!(plan.X[0] < plan.X[^1]) || (plan.Y is not null && !(plan.Y[0] < plan.Y[^1]))) throw Bad("its plan has axes that do not rise");
        Plan ??= plan;
        return part with { Index = 0, Data = JsonSerializer.SerializeToElement(plan, ContractsJson.Default.LandscapePlanPart) };
    }

    private JobPart AddTile(JobPart part)
    {
        var plan = Plan ?? throw Bad("a tile came before the plan");
        if (part.Stage is not (LandscapeStageNames.Preview or LandscapeStageNames.Loss or LandscapeStageNames.Validation)) throw Bad($"there is no stage '{part.Stage}'");
        var tile = part.Data.Deserialize(ContractsJson.Default.LandscapeTilePart) ?? throw Bad("a tile is empty");
        if (!_surfaces.TryGetValue(part.Stage, out var surface)) _surfaces.Add(part.Stage, surface = new Surface(plan));
        surface.Add(part.Index, tile);
        return part with { Data = JsonSerializer.SerializeToElement(tile, ContractsJson.Default.LandscapeTilePart) };
    }

    private Surface Whole(string stage) =>
        _surfaces.TryGetValue(stage, out var surface) && surface.Complete ? surface : throw Bad($"tiles of the stage '{stage}' are missing");

    private static InvalidDataException Bad(string what) => new($"The engine's landscape makes no sense: {what}.");

    /// <summary>Losses of one stage.</summary>
    private sealed class Surface(LandscapePlanPart plan)
    {
        private readonly int _width = plan.X.Count;

        public double[] Loss { get; } = new double[plan.X.Count * (plan.Y?.Count ?? 1)];

        public double[]? Accuracy { get; private set; }

        public HashSet<int> Tiles { get; } = [];

        public bool Complete => Tiles.Count == (Loss.Length + plan.TilePoints - 1) / plan.TilePoints;

        public void Add(int index, LandscapeTilePart tile)
        {
            var first = (long)index * plan.TilePoints;
            if (index < 0 || first >= Loss.Length || tile.First != first || tile.Loss.Count != Math.Min(plan.TilePoints, Loss.Length - first) ||
                (tile.Accuracy is not null && tile.Accuracy.Count != tile.Loss.Count))
                throw Bad($"tile {index} is none of the grid");
            Tiles.Add(index);
            for (var i = 0; i < tile.Loss.Count; i++) Loss[first + i] = tile.Loss[i];
            if (tile.Accuracy is null) return;
            Accuracy ??= new double[Loss.Length];
            for (var i = 0; i < tile.Accuracy.Count; i++) Accuracy[first + i] = tile.Accuracy[i];
        }

        public IReadOnlyList<IReadOnlyList<double>> Rows(double[] values) => [.. values.Chunk(_width)];
    }
}
