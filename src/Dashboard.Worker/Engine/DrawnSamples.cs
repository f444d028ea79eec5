using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Computes samples that are drawn by their numbers: each core takes the next block.</summary>
internal sealed class DrawnSamples(EngineContext context, Subject subject, IWeightSampler sampler, PlaneCoordinates plane, MonteCarloSamples samples, bool parts)
{
    private readonly long _began = context.Time.GetTimestamp();
    private int _next = -1;

    /// <summary>Computes what is missing.</summary>
    public void Compute()
    {
        var missing = samples.Missing;
        if (missing.Count == 0) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        ModelThreads.Run(subject.Model, Math.Min(context.Task.Device == "cpu" ? context.Task.Cores : 1, missing.Count), (model, _) => Along(model, missing, stop.Token), stop.Cancel);
    }

    private void Along(ITorchModel model, IReadOnlyList<int> missing, CancellationToken stop)
    {
        var weights = model.Read();
        while (Interlocked.Increment(ref _next) is var at && at < missing.Count)
        {
            var (first, count) = samples.Block(missing[at]);
            for (var sample = first; sample < first + count; sample++)
            {
                stop.ThrowIfCancellationRequested();
                sampler.Draw(sample, weights.Parameters);
                model.Write(weights);
                var value = subject.Evaluate(model, subject.Batch, stop);
                var (x, y, distance) = plane.Of(weights.Parameters);
                (samples.Loss[sample], samples.Accuracy[sample], samples.Distance[sample]) = (value.Loss, value.Accuracy ?? double.NaN, distance);
                (samples.Coordinates[2 * sample], samples.Coordinates[2 * sample + 1]) = (x, y);
            }
            var part = samples.Part(missing[at], subject.HasAccuracy, coordinates: parts);
            context.Output.Part(MonteCarloNames.Stage, missing[at], JsonSerializer.SerializeToElement(part, ContractsJson.Default.MonteCarloPart));
            Tell(samples.Done, samples.Loss.Length);
        }
    }

    private void Tell(int done, int all)
    {
        var seconds = context.Time.GetElapsedTime(_began).TotalSeconds;
        context.Output.Progress(0.95 * done / all, $"{done} of {all} samples", (all - done) * seconds / (done - samples.Before));
    }
}
