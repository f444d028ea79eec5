using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Tensors;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Whether a model, a batch and a loss fit together, and what a point costs.</summary>
internal sealed class ProbeJob(EngineContext context) : IEngineJob
{
    // Enough for a time that can be scaled up, few enough to answer within a second.
    private const int Samples = 512;

    // Where one pass over these samples takes longer, a product (some four times as long) is not waited for.
    private const double LongForAProduct = 0.25;

    public JsonElement Run()
    {
        var spec = context.Task.Spec.Deserialize(ContractsJson.Default.ProbeSpec)!;
        using var subject = Subject.Load(context, new Objective(Losses.Named(spec.Loss)), spec.BatchSize, Samples);
        var samples = CountSamples();
        context.Output.Progress(0.3, "Measuring", null);
        LossValue loss = default;
        var scale = (double)samples / subject.Batch.Samples;
        var point = Timing.Seconds(context.Time, () => loss = subject.Evaluate(subject.Batch, context.Cancellation));
        var workers = context.Task.Device == "cpu" ? context.Task.Cores : 1;
        var result = new ProbeView
        {
            Parameters = subject.Model.ParameterCount,
            Samples = samples,
            HasAccuracy = subject.HasAccuracy,
            Loss = loss.Loss,
            SecondsPerPoint = point * scale / workers,
            SecondsPerProduct = point > LongForAProduct ? null : Product(subject) * scale,
            Workers = workers,
            Device = context.Task.Lane,
            Engine = context.Engine,
        };
        return JsonSerializer.SerializeToElement(result, ContractsJson.Default.ProbeView);
    }

    private long CountSamples()
    {
        using var file = SafetensorsFile.Open(context.PathOf(context.Task.Batch, "batch"));
        return file.Tensors["inputs"].Shape[0];
    }

    /// <summary>Seconds of a Hessian-vector product; null where the module has no second derivative or it does not fit into memory.</summary>
    private double? Product(Subject subject)
    {
        var vector = new double[subject.Model.ParameterCount];
        vector.AsSpan().Fill(1e-3);
        var product = new double[vector.Length];
        try
        {
            using var hessian = subject.Model.OpenHessian(subject.Batch, subject.Objective, cancellation: context.Cancellation);
            return Timing.Seconds(context.Time, () => hessian.Multiply(vector, product, context.Cancellation));
        }
        catch (TorchException)
        {
            return null;
        }
    }
}
