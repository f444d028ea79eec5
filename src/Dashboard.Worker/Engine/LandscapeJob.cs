using System.Numerics.Tensors;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>A loss landscape: the plan, then tiles of a preview, of the batch and of the second batch; the worker puts them together.</summary>
internal sealed class LandscapeJob(EngineContext context) : IEngineJob
{
    private readonly EngineTask _task = context.Task;

    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = _task.Spec.Deserialize(ContractsJson.Default.LandscapeSpec)!;
        using var subject = Subject.Load(context, Objective(spec), spec.BatchSize);
        var plane = new PlaneMaker(context, spec, subject).Make();

        using var native = subject.Model.CreatePlane(plane.Plane);
        LossValue center = default;
        var secondsPerPoint = Timing.Seconds(context.Time, () => center = subject.Evaluate(subject.Batch, native, 0, context.Cancellation));
        var validationCenter = subject.Validation is null ? default(LossValue?) : subject.Evaluate(subject.Validation, native, 0, context.Cancellation);
        var plan = _task.Plan ?? Plan(spec, subject, plane, center, secondsPerPoint);
        if (_task.Plan is null) context.Output.Part(LandscapeStageNames.Plan, 0, JsonSerializer.SerializeToElement(plan, ContractsJson.Default.LandscapePlanPart));

        var grid = new LandscapeGrid(Stored(plan.X, "x"), plan.Y is null ? null : Stored(plan.Y, "y"), plan.TilePoints);
        context.Output.Note(_task.Plan is null
            ? $"{grid.Points} points in {grid.Tiles} tiles; a point takes {1000 * secondsPerPoint:0.##} ms."
            : $"Taken up again: {_task.Done.Values.Sum(tiles => tiles.Count)} tiles are there.");
        using var preview = plan.PreviewSamples is { } samples
            ? context.Runtime.LoadBatch(context.PathOf(_task.Batch, "batch"), (int)Math.Min(samples, int.MaxValue), 0, _task.Device)
            : null;
        var stages = new List<LandscapeStages.Stage>();
        if (preview is not null) stages.Add(new(LandscapeStageNames.Preview, "Preview", preview));
        stages.Add(new(LandscapeStageNames.Loss, "Losses", subject.Batch));
        if (subject.Validation is not null) stages.Add(new(LandscapeStageNames.Validation, "Losses of the second batch", subject.Validation));
        new LandscapeStages(context, subject, plane.Plane, grid, stages).Compute();

        var summary = new LandscapeSummary
        {
            CenterLoss = center.Loss,
            CenterAccuracy = center.Accuracy,
            ValidationCenterLoss = validationCenter?.Loss,
            ValidationCenterAccuracy = validationCenter?.Accuracy,
            ValidationSamples = subject.Validation?.Samples,
            EndLoss = plane.Plane.Interpolate ? subject.Evaluate(subject.Batch, native, 1, context.Cancellation).Loss : null,
            DirectionNorms = plane.Y is null ? [TensorPrimitives.Norm<double>(plane.X)] : [TensorPrimitives.Norm<double>(plane.X), TensorPrimitives.Norm<double>(plane.Y)],
            Parameters = subject.Model.ParameterCount,
            Samples = subject.Batch.Samples,
            BatchSize = subject.Size.Current,
            Notes = [.. subject.Notes.Distinct()],
            Device = _task.Lane,
            Engine = context.Engine,
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };
        return JsonSerializer.SerializeToElement(summary, WorkerJson.Default.LandscapeSummary);
    }

    private static Objective Objective(LandscapeSpec spec) => new(Losses.Named(spec.Loss), Fields.Number("l1", spec.L1, 0), Fields.Number("l2", spec.L2, 0))
    {
        BatchNorm = spec.BatchNorm switch
        {
            null or "stored" => BatchNormStatistics.Stored,
            "recompute" => BatchNormStatistics.Recomputed,
            var other => throw new TorchInputException($"batch_norm: '{other}' is neither stored nor recompute."),
        },
    };

    /// <summary>What is fixed before the first tile. A job that is taken up again keeps to it.</summary>
    private LandscapePlanPart Plan(LandscapeSpec spec, Subject subject, LandscapePlane plane, LossValue center, double secondsPerPoint)
    {
        var kind = spec.Directions!.Kind!;
        var x = Ranges.Axis("x", spec.X, () => Ranges.Suiting(kind, plane, second: false, center.Loss));
        var y = spec.Y is null ? null : Ranges.Axis("y", spec.Y, () => Ranges.Suiting(kind, plane, second: true, center.Loss));
        var points = Fields.Of("x, y", () => new LandscapeGrid(x, y)).Points;
        var workers = _task.Device == "cpu" ? _task.Cores : 1;
        var whole = secondsPerPoint * points / workers * (1 + (subject.Validation is null ? 0 : (double)subject.Validation.Samples / subject.Batch.Samples));
        return new LandscapePlanPart
        {
            X = x.Values(),
            Y = y?.Values(),
            TilePoints = TilePlan.Points(points, workers, secondsPerPoint),
            PreviewSamples = spec.Preview == false ? null : TilePlan.PreviewSamples(subject.Batch.Samples, whole),
            Samples = subject.Batch.Samples,
            CenterLoss = center.Loss,
            Path = new PathLosses(context, subject, plane).Compute(),
            ExplainedVariance = plane.Pca?.ExplainedVariance,
            Eigenvalues = plane.Eigenvalues,
        };
    }

    private static GridAxis Stored(IReadOnlyList<double> values, string field) => Fields.Of(field, () => new GridAxis(values[0], values[^1], values.Count));
}
