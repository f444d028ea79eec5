using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Checkpoints on a plane: where they lie, how far beside it, and their own losses.</summary>
internal sealed class PathLosses(EngineContext context, Subject subject, LandscapePlane plane)
{
    /// <summary>Null where there are no checkpoints.</summary>
    public LandscapePath? Compute()
    {
        var reader = new CheckpointReader(context, subject.Model);
        if (reader.Count == 0) return null;
        var projection = Fields.Of("directions", () => new PathProjection(plane.Plane.Origin.Parameters, plane.X, plane.Y));
        var (x, y, residual) = (new double[reader.Count], new double[reader.Count], new double[reader.Count]);
        var loss = new double[reader.Count];
        var validation = subject.Validation is null ? null : new double[reader.Count];
        var origin = subject.Model.Read();
        for (var i = 0; i < reader.Count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Output.Progress(0, $"Losses of checkpoint {i + 1} of {reader.Count}", null);
            var weights = reader.Read(i);
            var (point, distance) = projection.Project(weights.Parameters);
            (x[i], y[i], residual[i]) = (point.X, point.Y, distance);
            subject.Model.Write(weights);
            loss[i] = subject.Evaluate(subject.Batch, context.Cancellation).Loss;
            if (validation is not null) validation[i] = subject.Evaluate(subject.Validation!, context.Cancellation).Loss;
        }
        subject.Model.Write(origin);
        var steps = context.Task.Checkpoints.Select(checkpoint => checkpoint.Step).ToList();
        return new LandscapePath
        {
            X = x,
            Y = y,
            Residual = residual,
            Loss = loss,
            ValidationLoss = validation,
            Names = [.. context.Task.Checkpoints.Select(checkpoint => checkpoint.Name)],
            Steps = steps.TrueForAll(step => step is null) ? null : steps,
        };
    }
}
