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
        var done = 0;
        // A model stands at one checkpoint at a time: each core has one of its own, as for the grid.
        var workers = Math.Min(context.Task.Device == "cpu" ? context.Task.Cores : 1, reader.Count);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        ModelThreads.Run(subject.Model, workers, Along, stop.Cancel);

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

        void Along(ITorchModel model, int worker)
        {
            var own = new CheckpointReader(context, model);
            for (var i = worker; i < x.Length; i += workers)
            {
                stop.Token.ThrowIfCancellationRequested();
                context.Output.Progress(0, $"Losses of checkpoint {Interlocked.Increment(ref done)} of {x.Length}", null);
                var weights = own.Read(i);
                var (point, distance) = projection.Project(weights.Parameters);
                (x[i], y[i], residual[i]) = (point.X, point.Y, distance);
                model.Write(weights);
                loss[i] = subject.Evaluate(model, subject.Batch, stop.Token).Loss;
                if (validation is not null) validation[i] = subject.Evaluate(model, subject.Validation!, stop.Token).Loss;
            }
        }
    }
}
