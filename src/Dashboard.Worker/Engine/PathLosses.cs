using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Checkpoints on a plane: where they lie, how far beside it, and their own losses.</summary>
internal sealed class PathLosses(EngineContext context, Subject subject, LandscapePlane plane)
{
    // Scripted modules nest; a main thread has as much.
    private const int StackBytes = 8 << 20;

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
        // A model stands at one checkpoint at a time: each core has one of its own, as for the grid. They are cloned one after the other, because cloning touches the original.
        var workers = Math.Min(context.Task.Device == "cpu" ? context.Task.Cores : 1, reader.Count);
        var models = new List<ITorchModel>();
        var threads = new List<Thread>();
        Exception? failure = null;
        try
        {
            for (var worker = 0; worker < workers; worker++) models.Add(subject.Model.Clone());
            for (var worker = 0; worker < workers; worker++)
            {
                var number = worker;
                threads.Add(new Thread(() => Try(number), StackBytes) { IsBackground = true, Name = "path" });
                threads[^1].Start();
            }
        }
        finally
        {
            foreach (var thread in threads) thread.Join();
            foreach (var model in models) model.Dispose();
        }
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);

        void Try(int worker)
        {
            try
            {
                Along(models[worker], worker);
            }
#pragma warning disable CA1031 // An exception must not leave the thread; whoever waits for it throws the first one.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }

        void Along(ITorchModel model, int worker)
        {
            var own = new CheckpointReader(context, model);
            for (var i = worker; i < x.Length && Volatile.Read(ref failure) is null; i += workers)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                context.Output.Progress(0, $"Losses of checkpoint {Interlocked.Increment(ref done)} of {x.Length}", null);
                var weights = own.Read(i);
                var (point, distance) = projection.Project(weights.Parameters);
                (x[i], y[i], residual[i]) = (point.X, point.Y, distance);
                model.Write(weights);
                loss[i] = subject.Evaluate(model, subject.Batch, context.Cancellation).Loss;
                if (validation is not null) validation[i] = subject.Evaluate(model, subject.Validation!, context.Cancellation).Loss;
            }
        }

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
