using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Tensors;

namespace Dashboard.Worker;

/// <summary>Vectors laid out in two or three dimensions, with pictures on the way.</summary>
internal sealed class ProjectionJob(EngineContext context) : IEngineJob
{
    // Of a job that computes its vectors first.
    private const double ShareOfFeatures = 0.3;

    private readonly EngineTask _task = context.Task;

    // A GPU's lane has one core, for what feeds it; features that were computed there are laid out by the processor.
    private int Threads => _task.Device == "cpu" ? _task.Cores : Environment.ProcessorCount;

    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = _task.Spec.Deserialize(ContractsJson.Default.ProjectionSpec)!;
        using var vectors = Vectors(spec);
        var view = vectors.Rows is { } rows ? Projected(spec, rows, vectors.Given) : Shown(vectors.Given!);
        view = view with { Device = _task.Lane, Engine = Engine(spec), Seconds = context.Time.GetElapsedTime(began).TotalSeconds };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.ProjectionView);
    }

    private ProjectionVectors Vectors(ProjectionSpec spec)
    {
        if (spec.Features is not { } features)
        {
            context.Output.Progress(0, "Reading", null);
            return Fields.Of("vectors", () => ProjectionVectors.Open(context.PathOf(_task.Vectors, "vectors")));
        }
        return ProjectionVectors.Of(new FeatureReader(context, features).Read(
            (rows, columns) => MemoryNeed.Announce(context, ProjectionSettingsReader.Read(spec, rows, null), rows, columns, inMemory: true), ShareOfFeatures));
    }

    private ProjectionView Projected(ProjectionSpec spec, IVectorRows vectors, VectorTable? given)
    {
        var settings = ProjectionSettingsReader.Read(spec, vectors.Rows, given);
        if (spec.Features is null) MemoryNeed.Announce(context, settings, vectors.Rows, vectors.Columns, inMemory: false);
        var watcher = new ProjectionWatcher(context, vectors.Rows, settings.Dimensions, spec.Features is null ? 0 : ShareOfFeatures);
        var result = Projection.Run(vectors, settings, new ComputeOptions { Threads = Threads, Cancellation = context.Cancellation }, watcher);
        Send(result.Coordinates, result.PointPreservation);
        return new ProjectionView
        {
            Coordinates = [],
            Rows = vectors.Rows,
            Columns = vectors.Columns,
            ExplainedVariance = result.ExplainedVarianceRatio,
            KlDivergence = result.KlDivergence,
            Trustworthiness = result.Trustworthiness,
            Preservation = result.Preservation,
            QualityPoints = result.QualityPoints,
            Solver = result.Solver switch
            {
                PcaSolver.Covariance => "covariance",
                PcaSolver.Gram => "gram",
                PcaSolver.Randomized => "randomized",
                _ => null,
            },
            NeighborsExact = result.NeighborsExact,
            Iterations = result.Iterations,
            Notes = result.Notes.Count == 0 ? null : result.Notes,
        };
    }

    /// <summary>Coordinates alone, of vectors that nobody has.</summary>
    private ProjectionView Shown(VectorTable given)
    {
        if (given.Columns is not (2 or 3)) throw new TensorFileException($"coordinates: they have {given.Columns} columns; 2 or 3 are needed.");
        var strange = Array.FindIndex(given.Values, value => !float.IsFinite(value));
        if (strange >= 0) throw new TensorFileException($"coordinates: row {strange / given.Columns}, column {strange % given.Columns} is not finite.");
        Send(given, null);
        return new ProjectionView { Coordinates = [], Rows = given.Rows, Columns = 0, Notes = ["The coordinates came without their vectors: what they keep of them cannot be measured."] };
    }

    private void Send(VectorTable coordinates, float[]? preservation)
    {
        EngineBlocks.Send(context, EngineBlockNames.Coordinates, coordinates.Rows, coordinates.Columns, 0, coordinates.Values);
        if (preservation is not null) EngineBlocks.Send(context, EngineBlockNames.Preservation, preservation.Length, 1, 0, preservation);
    }

    private string Engine(ProjectionSpec spec)
    {
        var own = $"lossboard {typeof(ProjectionJob).Assembly.GetName().Version!.ToString(3)}";
        return spec.Features is null ? own : $"{own}, {context.Engine}";
    }
}
