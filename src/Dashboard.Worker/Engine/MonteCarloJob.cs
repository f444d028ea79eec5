using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Losses of weights drawn at random; the worker hears of them block by block.</summary>
internal sealed class MonteCarloJob(EngineContext context) : IEngineJob
{
    private const int UsualSamples = 1000;
    private const int UsualRank = 20;
    private const double UsualScale = 0.1;
    // Of the paper: the diagonal and the low-rank part make up half each.
    private const double UsualSwagScale = 0.5;

    private readonly EngineTask _task = context.Task;

    /// <summary>How many samples a spec asks for.</summary>
    public static int Count(JsonElement spec) => spec.Deserialize(ContractsJson.Default.MonteCarloSpec)?.Samples ?? UsualSamples;

    /// <summary>Whether a job that is taken up again can go on from the samples that are stored.</summary>
    public static bool Resumes(JsonElement spec) => spec.Deserialize(ContractsJson.Default.MonteCarloSpec)?.Sampler != MonteCarloNames.Sgld;

    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = _task.Spec.Deserialize(ContractsJson.Default.MonteCarloSpec)!;
        var count = spec.Samples ?? UsualSamples;
        if (count < 1) throw new TorchInputException($"samples: {count} is not a positive number.");
        var temperature = Positive("temperature", spec.Temperature, 1);
        using var subject = Subject.Load(context, new Objective(Losses.Named(spec.Loss), Fields.Number("l1", spec.L1, 0), Fields.Number("l2", spec.L2, 0)), spec.BatchSize);
        PlacedModel.Move(context, subject.Model);
        var sampler = Sampler(spec, subject);
        var center = sampler?.Center ?? subject.Model.Read().Parameters;
        subject.Model.Write(new TorchWeights(center, subject.Model.Read().Buffers));
        if (subject.Model.BufferCount > 0) subject.Notes.Add("Buffers (BatchNorm's statistics) stay the model's own for every sample.");
        var atCenter = subject.Evaluate(subject.Batch, context.Cancellation);

        var samples = new MonteCarloSamples(count);
        var plane = Fields.Of("projection", () => new PlaneCoordinates(center, spec.Seed ?? 0));
        var table = Table(spec, subject, count, center.Length);
        double? stepSize = null;
        if (sampler is null)
        {
            stepSize = spec.StepSize is { } given ? Positive("step_size", given, 0) : Fields.Of("step_size", () => LangevinChain.StepSize(subject.Model, subject.Batch, subject.Objective, temperature, spec.Seed ?? 0, context.Cancellation));
            new ChainSamples(context, spec, subject, plane, samples, table).Compute(temperature, stepSize.Value);
        }
        else
        {
            foreach (var part in _task.Samples) samples.Add(part);
            if (samples.Before > 0) context.Output.Note($"Taken up again: {samples.Before} samples are there.");
            new DrawnSamples(context, subject, sampler, plane, samples, parts: table is null).Compute();
            if (table is not null) Redraw(sampler, table, center);
        }

        context.Output.Progress(0.99, "Fitting a distribution", null);
        var directions = table is null ? null : Principal(table, samples.Coordinates);
        var summary = new MonteCarloSummary(samples.Loss, chain: sampler is null, subject.Batch.Samples, temperature);
        var (fit, why) = summary.Fit(samples.Coordinates, spec.Seed ?? 0, context.Cancellation);
        var view = new MonteCarloView
        {
            Sampler = spec.Sampler!,
            Losses = samples.Loss,
            Accuracies = subject.HasAccuracy ? samples.Accuracy : null,
            Distances = samples.Distance,
            Weights = summary.Weights,
            Mean = summary.Mean,
            StandardError = summary.StandardError,
            StandardDeviation = summary.StandardDeviation,
            WeightedMean = summary.WeightedMean,
            NonFinite = summary.NonFinite,
            EffectiveSampleSize = summary.EffectiveSampleSize,
            AutocorrelationTime = summary.AutocorrelationTime,
            StepSize = stepSize,
            Coordinates = [.. samples.Coordinates.Chunk(2)],
            Projection = table is null ? MonteCarloNames.Random : MonteCarloNames.Pca,
            ExplainedVariance = directions,
            Fit = fit,
            WhyNoFit = why,
            CenterLoss = atCenter.Loss,
            CenterAccuracy = atCenter.Accuracy,
            Temperature = temperature,
            Parameters = subject.Model.ParameterCount,
            BatchSamples = subject.Batch.Samples,
            Notes = subject.Notes.Count == 0 ? null : [.. subject.Notes.Distinct()],
            Device = _task.Lane,
            Engine = context.Engine,
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.MonteCarloView);
    }

    private static double Positive(string field, double? value, double otherwise) =>
        Fields.Number(field, value, otherwise) is > 0 and var number ? number : throw new TorchInputException($"{field}: it must be above 0.");

    /// <summary>What draws samples by their numbers; null for a chain.</summary>
    private IWeightSampler? Sampler(MonteCarloSpec spec, Subject subject)
    {
        var seed = spec.Seed ?? 0;
        switch (spec.Sampler)
        {
            case MonteCarloNames.Uniform or MonteCarloNames.Gaussian:
                return Fields.Of("scale", () => new AroundSampler(
                    subject.Model, subject.Model.Read().Parameters, Positive("scale", spec.Scale, UsualScale), spec.Scaling != MonteCarloNames.Absolute, spec.Sampler == MonteCarloNames.Uniform, seed));
            case MonteCarloNames.Swag:
                var reader = new CheckpointReader(context, subject.Model);
                context.Output.Progress(0, "Reading the checkpoints", null);
                return Fields.Of("checkpoints", () => new SwagSampler(
                    reader.Count, index => reader.Read(index).Parameters, spec.Rank ?? UsualRank, Positive("scale", spec.Scale, UsualSwagScale), seed, context.Cancellation));
            case MonteCarloNames.Sgld:
                return null;
            default:
                throw new TorchInputException($"sampler: '{spec.Sampler}' is none of {string.Join(", ", MonteCarloNames.Samplers)}.");
        }
    }

    /// <summary>Room for all samples, where their own directions are asked for; null for random ones.</summary>
    private VectorTable? Table(MonteCarloSpec spec, Subject subject, int count, int parameters)
    {
        if (spec.Projection != MonteCarloNames.Pca) return null;
        var room = Math.Min(_task.MemoryBytes / 4, 4L * Array.MaxLength);
        if (4L * count * parameters <= room) return new VectorTable(count, parameters);
        subject.Notes.Add($"{count} samples of {parameters} weights do not fit into the {room >> 20} MiB that there are for them: coordinates are along random directions in place of their principal ones.");
        return null;
    }

    private void Redraw(IWeightSampler sampler, VectorTable table, double[] center)
    {
        context.Output.Progress(0.95, "Principal directions", null);
        var weights = new double[center.Length];
        for (var sample = 0; sample < table.Rows; sample++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            sampler.Draw(sample, weights);
            var row = table.Row(sample);
            for (var i = 0; i < row.Length; i++) row[i] = (float)(weights[i] - center[i]);
        }
    }

    /// <summary>Coordinates along the samples' principal directions, from the centre.</summary>
    private double[] Principal(VectorTable table, double[] coordinates)
    {
        var compute = new ComputeOptions { Threads = _task.Device == "cpu" ? _task.Cores : Environment.ProcessorCount, Cancellation = context.Cancellation };
        var pca = Pca.Fit(table, 2, new PcaOptions(), compute);
        for (var axis = 0; axis < 2; axis++)
        {
            var shift = 0.0;
            for (var i = 0; i < table.Columns; i++) shift += pca.Mean[i] * pca.Components[axis * table.Columns + i];
            for (var sample = 0; sample < table.Rows; sample++) coordinates[2 * sample + axis] = pca.Coordinates.Row(sample)[axis] + shift;
        }
        return pca.ExplainedVarianceRatio;
    }
}
