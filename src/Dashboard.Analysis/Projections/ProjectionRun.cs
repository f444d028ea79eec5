using System.Globalization;

namespace Dashboard.Analysis;

/// <summary>One projection under way.</summary>
internal sealed class ProjectionRun
{
    private readonly IVectorRows _vectors;
    private readonly ProjectionPlan _plan;
    private readonly ProjectionSettings _settings;
    private readonly ComputeOptions _compute;
    private readonly IProjectionObserver? _observer;
    private readonly ProjectionTrack _track;
    private readonly List<string> _notes = [];

    public ProjectionRun(IVectorRows vectors, ProjectionPlan plan, ComputeOptions compute, IProjectionObserver? observer, ProjectionTrack track)
    {
        (_vectors, _plan, _settings, _observer, _track) = (vectors, plan, plan.Settings, observer, track);
        _compute = compute with { Progress = track };
    }

    public ProjectionResult Make()
    {
        _track.Begin(ProjectionStages.Reading);
        VectorCheck.Finite(_vectors, _compute);
        if (_settings.Given is { } given && _settings.Method == ProjectionMethod.Given) Finite(given);
        var result = _settings.Method == ProjectionMethod.Given ? OfGiven()
            : _plan.Rows == 1 ? Same("There is one vector: it stands at the origin.")
            : AllEqual() ? Same($"All {_plan.Rows} vectors are equal: they stand at the origin, on top of each other.")
            : _plan.Rows == ProjectionChecks.Trivial ? Pair()
            : Layout();
        _track.End();
        return result;
    }

    private ProjectionResult Same(string note)
    {
        _notes.Add(note);
        return new ProjectionResult
        {
            Coordinates = new VectorTable(_plan.Rows, _settings.Dimensions),
            ExplainedVarianceRatio = _settings.Method == ProjectionMethod.Pca ? new double[_settings.Dimensions] : null,
            Notes = _notes,
        };
    }

    // Two have a distance and nothing else: half of it on either side of the origin.
    private ProjectionResult Pair()
    {
        var values = new float[2 * _plan.Columns];
        _vectors.Read(0, values);
        var distance = Math.Sqrt(VectorDistance.Squared(values.AsSpan(0, _plan.Columns), values.AsSpan(_plan.Columns)));
        var coordinates = new VectorTable(2, _settings.Dimensions);
        (coordinates.Row(0)[0], coordinates.Row(1)[0]) = ((float)(distance / 2), (float)(-distance / 2));
        _notes.Add("There are two vectors: they stand as far apart as they are, on one axis.");
        return new ProjectionResult
        {
            Coordinates = coordinates,
            ExplainedVarianceRatio = _settings.Method == ProjectionMethod.Pca ? [1, .. new double[_settings.Dimensions - 1]] : null,
            Notes = _notes,
        };
    }

    private ProjectionResult OfGiven()
    {
        var result = new ProjectionResult { Coordinates = _settings.Given!, Notes = _notes };
        // Two points keep what there is, and equal vectors have no neighbours to keep.
        return _plan.Rows <= ProjectionChecks.Trivial || AllEqual() ? result : Judged(result, null);
    }

    private ProjectionResult Layout()
    {
        var (result, neighbors) = _settings.Method switch
        {
            ProjectionMethod.Pca => (PrincipalComponents(Prepared()), null),
            ProjectionMethod.Tsne => OfTsne(),
            _ => OfUmap(),
        };
        return Judged(result, neighbors);
    }

    private IVectorRows Prepared()
    {
        var rows = _vectors;
        if (_settings.Standardize)
        {
            _track.Begin(ProjectionStages.Reading);
            rows = StandardizedRows.Of(rows, _compute);
            _notes.Add("Every column was brought to mean 0 and standard deviation 1 first.");
        }
        if (_settings.Metric == DistanceMetric.Cosine)
        {
            rows = new UnitRows(rows);
            _notes.Add("Vectors were scaled to length 1 first, so that near means a small angle.");
        }
        return rows;
    }

    private PcaResult Fit(IVectorRows rows, int components)
    {
        _track.Begin(ProjectionStages.PrincipalComponents);
        var fitted = Pca.Fit(rows, components, new PcaOptions { Seed = _settings.Seed }, _compute);
        if (fitted.Solver == PcaSolver.Randomized) _notes.Add("Principal components were found by a randomised method: nearly, and not exactly.");
        return fitted;
    }

    private ProjectionResult PrincipalComponents(IVectorRows rows)
    {
        var fitted = Fit(rows, _settings.Dimensions);
        return new ProjectionResult { Coordinates = fitted.Coordinates, ExplainedVarianceRatio = fitted.ExplainedVarianceRatio, Solver = fitted.Solver, Notes = _notes };
    }

    private (IVectorRows Space, PcaSolver? Solver) Space()
    {
        var rows = Prepared();
        if (_settings.PcaFirst > _plan.Rows && _plan.PcaFirst is not null) _notes.Add($"pca_first was lowered from {_settings.PcaFirst} to {_plan.PcaFirst}: there are no more vectors.");
        if (_plan.PcaFirst is not { } first) return (rows, null);
        var fitted = Fit(rows, first);
        _notes.Add(Text($"Neighbours were sought in the first {first} principal components, which keep {100 * fitted.ExplainedVarianceRatio.Sum():0.#} % of the variance."));
        return (fitted.Coordinates, fitted.Solver);
    }

    private NeighborTable Neighbors(IVectorRows rows, int count)
    {
        _track.Begin(ProjectionStages.Neighbors);
        var found = NearestNeighbors.Find(rows, count, new NeighborOptions { Seed = _settings.Seed }, _compute);
        if (!found.Exact) _notes.Add(Text($"Neighbours were sought approximately: {100 * found.Recall:0.#} % of them are the nearest, measured on a sample."));
        return found;
    }

    private (ProjectionResult, NeighborTable) OfTsne()
    {
        if (_settings.Perplexity is null && _plan.Perplexity < ProjectionChecks.UsualPerplexity)
            _notes.Add(Text($"The perplexity was lowered from {ProjectionChecks.UsualPerplexity} to {_plan.Perplexity}: it must be below a third of the {_plan.Rows} vectors."));
        var (space, solver) = Space();
        var start = Start(space, ref solver);
        var neighbors = Neighbors(space, _plan.TableNeighbors);
        _track.Begin(ProjectionStages.Affinities);
        var perplexity = Math.Min(_plan.Perplexity, Math.Max(1, _plan.Rows / 3.0));
        var embedded = Tsne.Embed(neighbors, start, new TsneOptions { Perplexity = perplexity, Iterations = _plan.Iterations }, _compute, new LayoutObserver(_track, _observer));
        return (new ProjectionResult
        {
            Coordinates = embedded.Coordinates,
            KlDivergence = embedded.KlDivergence,
            Solver = solver,
            NeighborsExact = neighbors.Exact,
            Iterations = embedded.Iterations,
            Notes = _notes,
        }, neighbors);
    }

    // The first principal components; what was reduced to them before has them in front.
    private VectorTable Start(IVectorRows space, ref PcaSolver? solver)
    {
        var dimensions = _settings.Dimensions;
        var components = Math.Min(dimensions, Math.Min(space.Rows, space.Columns));
        var from = (VectorTable?)null;
        if (_plan.PcaFirst is not null) from = (VectorTable)space;
        else
        {
            var fitted = Fit(space, components);
            (from, solver) = (fitted.Coordinates, fitted.Solver);
        }
        if (components == dimensions && from.Columns == dimensions) return from;
        double squares = 0;
        for (var row = 0; row < from.Rows; row++) squares += (double)from.Row(row)[0] * from.Row(row)[0];
        // Of a direction that the vectors do not have: as little as lets points leave the line.
        var little = 0.01 * Math.Sqrt(squares / from.Rows);
        var start = new VectorTable(space.Rows, dimensions);
        var random = new SeededRandom(_settings.Seed, 0);
        for (var row = 0; row < start.Rows; row++)
        {
            for (var d = 0; d < dimensions; d++) start.Row(row)[d] = d < components ? from.Row(row)[d] : (float)(little * (2 * random.NextShare() - 1));
        }
        return start;
    }

    private (ProjectionResult, NeighborTable) OfUmap()
    {
        var asked = _settings.Neighbors ?? ProjectionChecks.UsualNeighbors;
        if (asked > _plan.Rows) _notes.Add($"neighbors was lowered from {asked} to {_plan.Rows}: there are no more vectors.");
        var (space, solver) = Space();
        var neighbors = Neighbors(space, _plan.TableNeighbors);
        _track.Begin(ProjectionStages.Graph);
        var usual = new UmapOptions();
        var options = usual with { Dimensions = _settings.Dimensions, MinDistance = _settings.MinDistance ?? usual.MinDistance, Epochs = _settings.Iterations, Seed = _settings.Seed };
        var embedded = Umap.Embed(neighbors, options, _compute, new LayoutObserver(_track, _observer));
        if (embedded.Components > 1) _notes.Add($"The neighbourhoods fall apart into {embedded.Components} groups that nothing connects: their distances from each other in the picture mean nothing.");
        if (embedded.Start == UmapStart.Random) _notes.Add("The points started from random places, because the neighbourhoods are too small for a better start.");
        return (new ProjectionResult { Coordinates = embedded.Coordinates, Solver = solver, NeighborsExact = neighbors.Exact, Iterations = embedded.Epochs, Notes = _notes }, neighbors);
    }

    private ProjectionResult Judged(ProjectionResult result, NeighborTable? neighbors)
    {
        _track.Begin(ProjectionStages.Quality);
        var quality = ProjectionQuality.Measure(_vectors, result.Coordinates, new QualityOptions { PreservationNeighbors = ProjectionPlan.QualityNeighbors, Seed = _settings.Seed }, _compute);
        if (quality.Sampled) _notes.Add($"Trustworthiness and preservation were measured on {quality.Points} points drawn at random, among each other.");
        if (quality.PreservationNeighbors is > 0 and < ProjectionPlan.QualityNeighbors)
            _notes.Add($"Trustworthiness was measured with {quality.TrustworthinessNeighbors} neighbours and preservation with {quality.PreservationNeighbors}: there are only {_plan.Rows} vectors.");
        // Asked and not needed any more: a table of neighbours may be as large as the vectors.
        var points = _settings.PointQuality ? PointQuality(result.Coordinates, _plan.TableServesQuality ? neighbors : null) : null;
        return result with
        {
            Trustworthiness = quality.TrustworthinessNeighbors > 0 ? quality.Trustworthiness : null,
            Preservation = quality.PreservationNeighbors > 0 ? quality.Preservation : null,
            PointPreservation = points,
            QualityPoints = quality.TrustworthinessNeighbors > 0 ? quality.Points : null,
            QualitySampled = quality.Sampled,
        };
    }

    private float[] PointQuality(VectorTable coordinates, NeighborTable? table)
    {
        if (table is null)
        {
            _track.Begin(ProjectionStages.Quality);
            table = NearestNeighbors.Find(_vectors, ProjectionPlan.QualityNeighbors, new NeighborOptions { Seed = _settings.Seed }, _compute);
            if (!table.Exact) _notes.Add(Text($"The quality of each point counts neighbours that were sought approximately: {100 * table.Recall:0.#} % of them are the nearest, measured on a sample."));
        }
        _track.Begin(ProjectionStages.Quality);
        return ProjectionQuality.PerPoint(table.Nearest(Math.Min(ProjectionPlan.QualityNeighbors, table.Count)), coordinates, _compute);
    }

    private static void Finite(VectorTable given)
    {
        for (var at = 0; at < given.Values.Length; at++)
        {
            if (!float.IsFinite(given.Values[at])) throw new VectorException(Text($"coordinates hold {given.Values[at]} in row {at / given.Columns}, column {at % given.Columns}: every place must be a finite number."));
        }
    }

    private bool AllEqual()
    {
        var chunk = RowBuffer.Chunk(_plan.Columns);
        var (first, buffer) = (new float[_plan.Columns], new RowBuffer(_vectors));
        _vectors.Read(0, first);
        for (var row = 0; row < _plan.Rows; row += chunk)
        {
            var values = buffer.Read(row, Math.Min(chunk, _plan.Rows - row));
            for (var at = 0; at < values.Length; at += _plan.Columns)
            {
                if (!values.Slice(at, _plan.Columns).SequenceEqual(first)) return false;
            }
        }
        return true;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Hands frames on, and knows by the first iteration that points are on the move.</summary>
    private sealed class LayoutObserver(ProjectionTrack track, IProjectionObserver? observer) : IEmbeddingObserver
    {
        public bool Wants(int iteration, int iterations)
        {
            track.Continue(ProjectionStages.Layout);
            return observer?.Wants(iteration, iterations) ?? false;
        }

        public void Show(int iteration, int iterations, VectorTable coordinates) => observer?.Show(iteration, iterations, coordinates);
    }
}
