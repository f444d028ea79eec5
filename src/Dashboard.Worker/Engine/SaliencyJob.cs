using System.Runtime.InteropServices;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Tensors;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>What of its inputs a model's outputs depend on, where it stands: |∂ output/∂ input| of some samples.</summary>
internal sealed class SaliencyJob(EngineContext context) : IEngineJob
{
    private const int UsualSamples = 8;
    private const double UsualNoise = 0.15;

    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = context.Task.Spec.Deserialize(ContractsJson.Default.SaliencySpec)!;
        if (spec.Target is < 0) throw new TorchInputException($"target: {spec.Target} is no output; they are counted from 0.");
        var read = Fields.Of("batch", () => BatchInputs.Read(context.PathOf(context.Task.Batch, "batch"), spec.Samples, UsualSamples));
        var (inputs, samples) = (read.Inputs, read.Samples);
        if (2 * inputs.Count > NestedArrays.Most)
            throw new TorchInputException($"samples: {samples.Count} maps and inputs of {inputs.Count / samples.Count} numbers are more than the {NestedArrays.Most} that a result holds: ask for {NestedArrays.Most / 2 / (inputs.Count / samples.Count)} at the most.");
        using var model = PlacedModel.Load(context);
        var size = new BatchSize(spec.BatchSize, context.Task.Device, context.Output.Note);
        var targets = new long[samples.Count];
        Array.Fill(targets, spec.Target ?? -1);
        var (maps, values) = Compute(model, inputs, targets, size);
        var plain = new double[maps.Length];
        inputs.CopyTo(plain);
        if (spec.Smooth is > 0 and var copies) maps = Smooth(model, inputs, plain, targets, size, copies, Fields.Number("noise", spec.Noise, UsualNoise), spec.Seed ?? 0);
        var view = new SaliencyView
        {
            Samples = samples,
            Shape = read.Shape,
            Maps = NestedArrays.Write(maps, inputs.Shape),
            Inputs = NestedArrays.Write(Array.ConvertAll(plain, value => (float)value), inputs.Shape),
            Targets = [.. targets.Select(target => (int)target)],
            Predicted = [.. values.Predicted.Select(predicted => (int)predicted)],
            Scores = values.Scores,
            Labels = read.Labels,
            Outputs = values.Outputs,
            Device = context.Task.Lane,
            Engine = context.Engine,
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.SaliencyView);
    }

    private (float[] Maps, SaliencyValues Values) Compute(ITorchModel model, TensorData inputs, long[] targets, BatchSize size)
    {
        var maps = new float[inputs.Count];
        using var batch = Fields.Of("batch", () => context.Runtime.CreateBatch(inputs, null, null, context.Task.Device));
        var values = Fields.Of("model and batch", () => size.Fit(current => model.Saliency(batch, targets, maps, current, context.Cancellation)));
        return (maps, values);
    }

    // The mean of the maps of noisy copies; what was differentiated stays what the plain sample says.
    private float[] Smooth(ITorchModel model, TensorData inputs, double[] plain, long[] targets, BatchSize size, int copies, double noise, ulong seed)
    {
        var sums = new double[plain.Length];
        var each = plain.Length / targets.Length;
        for (var copy = 0; copy < copies; copy++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Output.Progress(0.1 + 0.9 * copy / copies, $"Noisy copy {copy + 1} of {copies}", null);
            var noisy = new float[plain.Length];
            var added = InputNoise.Draw(plain.Length, seed, copy);
            for (var sample = 0; sample < targets.Length; sample++)
            {
                var own = plain.AsSpan(sample * each, each);
                var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
                foreach (var value in own) (low, high) = (Math.Min(low, value), Math.Max(high, value));
                for (var i = 0; i < each; i++) noisy[sample * each + i] = (float)(own[i] + noise * (high - low) * added[sample * each + i]);
            }
            var (maps, _) = Compute(model, new TensorData(TensorType.Float32, inputs.Shape, MemoryMarshal.AsBytes<float>(noisy).ToArray()), targets, size);
            for (var i = 0; i < sums.Length; i++) sums[i] += maps[i] / copies;
        }
        return Array.ConvertAll(sums, value => (float)value);
    }
}
