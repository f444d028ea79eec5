using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Curvature of the loss at a model's weights, and at each checkpoint of a run.</summary>
internal sealed class HessianJob(EngineContext context) : IEngineJob
{
    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = context.Task.Spec.Deserialize(ContractsJson.Default.HessianSpec)!;
        if (spec.Top is < 0) throw new TorchInputException($"top: {spec.Top} is not a number of eigenvalues.");
        if (spec.Bottom is < 0) throw new TorchInputException($"bottom: {spec.Bottom} is not a number of eigenvalues.");
        using var subject = Subject.Load(context, new Objective(Losses.Named(spec.Loss), 0, Fields.Number("l2", spec.L2, 0)), spec.BatchSize);
        var reader = new CheckpointReader(context, subject.Model);
        if (context.Task.Center is { } center) subject.Model.Write(reader.ReadWeights(center, "center"));

        var curvature = new CurvatureAt(context, spec, subject);
        var points = reader.Count + 1;
        var (own, density) = curvature.Compute((0, 1.0 / points), "The model", spec.Density == true);
        context.Output.Note($"The model: {curvature.Products} products with the Hessian.");
        var checkpoints = new List<CheckpointCurvature>();
        for (var i = 0; i < reader.Count; i++)
        {
            var (name, step, _) = context.Task.Checkpoints[i];
            subject.Model.Write(reader.Read(i));
            var (point, _) = curvature.Compute(((i + 1.0) / points, (i + 2.0) / points), $"Checkpoint {i + 1} of {reader.Count}", density: false);
            checkpoints.Add(At(point, name, step));
        }
        var result = new HessianView
        {
            Top = own.Top,
            Bottom = own.Bottom,
            Trace = own.Trace,
            Loss = own.Loss,
            GradientNorm = own.GradientNorm,
            Sharpness = own.Sharpness,
            BoxSharpness = own.BoxSharpness,
            Shape = own.Shape,
            ConditionNumber = own.ConditionNumber,
            Density = density is null ? null : new DensityView(density.X, density.Y),
            Checkpoints = checkpoints.Count == 0 ? null : checkpoints,
            Converged = curvature.Converged,
            Products = curvature.Products,
            Parameters = subject.Model.ParameterCount,
            Samples = subject.Batch.Samples,
            Notes = subject.Notes.Count == 0 ? null : [.. subject.Notes.Distinct()],
            Device = context.Task.Lane,
            Engine = context.Engine,
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };
        return JsonSerializer.SerializeToElement(result, ContractsJson.Default.HessianView);
    }

    private static CheckpointCurvature At(CurvaturePoint point, string name, long? step) => new()
    {
        Name = name,
        Step = step,
        Top = point.Top,
        Bottom = point.Bottom,
        Trace = point.Trace,
        Loss = point.Loss,
        GradientNorm = point.GradientNorm,
        Sharpness = point.Sharpness,
        BoxSharpness = point.BoxSharpness,
        Shape = point.Shape,
        ConditionNumber = point.ConditionNumber,
    };
}
