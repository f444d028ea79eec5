using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Computes what a module of a model gives out for a batch, and sends it to the worker as it comes.</summary>
internal sealed class FeatureReader(EngineContext context, FeaturesReference features)
{
    // Words and cancellation between them; a micro-batch is smaller.
    private const int PieceBytes = 16 << 20;

    /// <summary>Computes all of them.</summary>
    /// <param name="announce">Told rows and columns before anything large is allocated; throws where that is too much.</param>
    /// <param name="share">Of the whole job, what this takes.</param>
    public VectorTable Read(Action<int, int> announce, double share)
    {
        var task = context.Task;
        context.Output.Progress(0, "Loading the model", null);
        using var model = Fields.Of("features.model", () => context.Runtime.LoadModel(context.PathOf(task.Model, "features.model"), task.Device));
        if (task.Center is { } checkpoint) model.Write(new CheckpointReader(context, model).ReadWeights(checkpoint, "features.checkpoint"));
        context.Output.Progress(0, "Loading the batch", null);
        using var batch = Fields.Of("features.batch", () => context.Runtime.LoadBatch(context.PathOf(task.Batch, "features.batch"), task.Device));
        var size = new BatchSize(null, task.Device, context.Output.Note);
        var module = string.IsNullOrEmpty(features.Module) ? null : features.Module;
        var activations = Open(model, batch, module, size);
        try
        {
            var (samples, columns) = (checked((int)activations.Samples), activations.Columns);
            announce(samples, columns);
            context.Output.Note($"{(module is null ? "The model" : $"The module {module}")} gives out {columns} numbers for each of the {samples} samples.");
            var table = new VectorTable(samples, columns);
            var piece = Math.Max(1, PieceBytes / sizeof(float) / columns);
            var began = context.Time.GetTimestamp();
            for (var first = 0; first < samples;)
            {
                var count = Math.Min(piece, samples - first);
                var rows = table.Values.AsMemory(first * columns, count * columns);
                var before = size.Current;
                size.Fit(current =>
                {
                    // Halved: the samples go through the module in smaller parts.
                    if (current != before)
                    {
                        activations.Dispose();
                        (activations, before) = (Open(model, batch, module, size), current);
                    }
                    activations.Read(first, rows.Span, context.Cancellation);
                    return true;
                });
                EngineBlocks.Send(context, EngineBlockNames.Vectors, samples, columns, first, rows.Span);
                first += count;
                var done = (double)first / samples;
                context.Output.Progress(share * done, "Features", context.Time.GetElapsedTime(began).TotalSeconds * (1 / done - 1));
            }
            return table;
        }
        finally
        {
            activations.Dispose();
        }
    }

    private ITorchActivations Open(ITorchModel model, ITorchBatch batch, string? module, BatchSize size) =>
        Fields.Of("features.module", () => size.Fit(current => model.OpenActivations(batch, module, current, context.Cancellation)));
}
