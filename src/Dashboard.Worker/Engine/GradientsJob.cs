using System.Numerics.Tensors;
using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>The gradient of the loss where a model stands, parameter by parameter.</summary>
internal sealed class GradientsJob(EngineContext context) : IEngineJob
{
    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = context.Task.Spec.Deserialize(ContractsJson.Default.GradientsSpec)!;
        using var subject = Subject.Load(context, new Objective(Losses.Named(spec.Loss), Fields.Number("l1", spec.L1, 0), Fields.Number("l2", spec.L2, 0)), spec.BatchSize);
        PlacedModel.Move(context, subject.Model);
        context.Output.Progress(0.1, "The gradient", null);
        var gradient = new double[subject.Model.ParameterCount];
        var loss = subject.Size.Fit(_ => subject.Model.Gradient(subject.Batch, subject.Objective, gradient, context.Cancellation));
        var weights = subject.Model.Read().Parameters;
        var parameters = subject.Model.Parameters.Select(parameter => Of(parameter, gradient.AsSpan(parameter.Offset, parameter.Count), weights.AsSpan(parameter.Offset, parameter.Count))).ToList();
        var view = new GradientsView
        {
            Loss = loss,
            Norm = Math.Sqrt(parameters.Sum(parameter => parameter.Norm * parameter.Norm)),
            WeightNorm = TensorPrimitives.Norm<double>(weights),
            Parameters = parameters,
            Samples = subject.Batch.Samples,
            Notes = subject.Notes.Count == 0 ? null : [.. subject.Notes.Distinct()],
            Device = context.Task.Lane,
            Engine = context.Engine,
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.GradientsView);
    }

    private static ParameterGradient Of(TorchParameter parameter, ReadOnlySpan<double> gradient, ReadOnlySpan<double> weights)
    {
        var (squares, largest, zeros, strange) = (0.0, 0.0, 0L, 0L);
        foreach (var value in gradient)
        {
            if (!double.IsFinite(value))
            {
                strange++;
                continue;
            }
            if (value == 0) zeros++;
            squares += value * value;
            largest = Math.Max(largest, Math.Abs(value));
        }
        var (edges, counts) = SignedLogHistogram.Of(gradient);
        return new ParameterGradient
        {
            Name = parameter.Name,
            Shape = parameter.Shape,
            Size = parameter.Count,
            Norm = Math.Sqrt(squares),
            WeightNorm = TensorPrimitives.Norm(weights),
            Largest = largest,
            Histogram = new ValueHistogram(edges, counts),
            Zeros = parameter.Count == 0 ? 0 : (double)zeros / parameter.Count,
            NonFinite = strange,
        };
    }
}
