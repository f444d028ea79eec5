using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Computes the samples of a Langevin chain, one after the other. A job that is taken up again begins the chain anew, with the same noise.</summary>
internal sealed class ChainSamples(EngineContext context, MonteCarloSpec spec, Subject subject, PlaneCoordinates plane, MonteCarloSamples samples, VectorTable? table)
{
    private const int UsualBurnIn = 200;
    private const int UsualThinning = 5;

    private readonly long _began = context.Time.GetTimestamp();

    /// <summary>Runs it.</summary>
    public void Compute(double temperature, double stepSize)
    {
        var (burnIn, thinning) = (spec.BurnIn ?? UsualBurnIn, spec.Thinning ?? UsualThinning);
        if (burnIn < 0 || thinning < 1) throw new TorchInputException("burn_in must be 0 or more, thinning 1 or more.");
        var center = subject.Model.Read().Parameters;
        var chain = new LangevinChain(subject.Model, subject.Batch, () => subject.Objective, temperature, stepSize, spec.Seed ?? 0);
        var steps = burnIn + (long)thinning * samples.Loss.Length;
        context.Output.Note($"A chain of {steps} steps of {stepSize:G3}.");
        for (var step = 0; step < burnIn; step++) Step(chain, step, steps);
        for (var sample = 0; sample < samples.Loss.Length; sample++)
        {
            for (var step = 0; step < thinning; step++) Step(chain, burnIn + (long)thinning * sample + step, steps);
            var value = subject.Evaluate(subject.Batch, context.Cancellation);
            var (x, y, distance) = plane.Of(chain.Weights);
            (samples.Loss[sample], samples.Accuracy[sample], samples.Distance[sample]) = (value.Loss, value.Accuracy ?? double.NaN, distance);
            (samples.Coordinates[2 * sample], samples.Coordinates[2 * sample + 1]) = (x, y);
            if (table is not null)
            {
                var row = table.Row(sample);
                for (var i = 0; i < row.Length; i++) row[i] = (float)(chain.Weights[i] - center[i]);
            }
            var block = sample / samples.Length;
            var (first, count) = samples.Block(block);
            if (sample != first + count - 1) continue;
            var part = samples.Part(block, subject.HasAccuracy, coordinates: table is null);
            context.Output.Part(MonteCarloNames.Stage, block, JsonSerializer.SerializeToElement(part, ContractsJson.Default.MonteCarloPart));
        }
    }

    private void Step(LangevinChain chain, long step, long steps)
    {
        Fields.Of("step_size", () => subject.Size.Fit(_ => chain.Step(context.Cancellation)));
        var done = step + 1;
        var seconds = context.Time.GetElapsedTime(_began).TotalSeconds;
        context.Output.Progress(0.95 * done / steps, $"Step {done} of {steps}", (steps - done) * seconds / done);
    }
}
