using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>What a job computes on: a module, one or two batches, and the objective, found to fit together.</summary>
internal sealed class Subject : IDisposable
{
    private readonly Objective _objective;

    private Subject(ITorchModel model, ITorchBatch batch, ITorchBatch? validation, Objective objective, BatchSize size, List<string> notes)
    {
        (Model, Batch, Validation, _objective, Size, Notes) = (model, batch, validation, objective, size, notes);
    }

    public ITorchModel Model { get; }

    public ITorchBatch Batch { get; }

    public ITorchBatch? Validation { get; }

    public BatchSize Size { get; }

    /// <summary>Whether the targets are classes.</summary>
    public bool HasAccuracy { get; private set; }

    /// <summary>What a person should know of the result.</summary>
    public List<string> Notes { get; }

    /// <summary>The objective with the batch size at hand.</summary>
    public Objective Objective => _objective with { BatchSize = Size.Current };

    /// <summary>Loads everything and runs one micro-batch.</summary>
    /// <param name="context">Where the inputs are.</param>
    /// <param name="objective">What is computed.</param>
    /// <param name="batchSize">Samples at once that were asked for.</param>
    /// <param name="samples">Samples of the batch at the most; null for all.</param>
    public static Subject Load(EngineContext context, Objective objective, int? batchSize, int? samples = null)
    {
        var task = context.Task;
        var notes = new List<string>();
        var size = new BatchSize(batchSize, task.Device, text =>
        {
            notes.Add(text);
            context.Output.Note(text);
        });
        context.Output.Progress(0, "Loading the model", null);
        ITorchModel? model = null;
        ITorchBatch? batch = null, validation = null;
        try
        {
            model = Fields.Of("model", () => context.Runtime.LoadModel(context.PathOf(task.Model, "model"), task.Device));
            if (model.ParameterCount == 0) throw new TorchInputException("model: the module has no parameters, so there is nothing to vary.");
            context.Output.Progress(0, "Loading the batch", null);
            batch = Fields.Of("batch", () => context.Runtime.LoadBatch(context.PathOf(task.Batch, "batch"), samples, 0, task.Device));
            if (task.Validation is not null)
                validation = Fields.Of("validation_batch", () => context.Runtime.LoadBatch(context.PathOf(task.Validation, "validation_batch"), task.Device));
            var subject = new Subject(model, batch, validation, objective, size, notes);
            subject.HasAccuracy = Fields.Of("model, batch and loss", () => size.Fit(_ => model.Check(batch, subject.Objective)));
            if (validation is not null) Fields.Of("model, validation_batch and loss", () => size.Fit(_ => model.Check(validation, subject.Objective)));
            context.Output.Note($"The model has {model.ParameterCount} parameters, the batch {batch.Samples} samples{(validation is null ? "" : $", the second {validation.Samples}")}.");
            return subject;
        }
        catch
        {
            validation?.Dispose();
            batch?.Dispose();
            model?.Dispose();
            throw;
        }
    }

    /// <summary>The loss where the model stands.</summary>
    public LossValue Evaluate(ITorchBatch batch, CancellationToken cancellation) => Evaluate(Model, batch, cancellation);

    /// <summary>The loss where a clone of the model stands.</summary>
    public LossValue Evaluate(ITorchModel model, ITorchBatch batch, CancellationToken cancellation) => Size.Fit(_ => model.Evaluate(batch, Objective, cancellation));

    /// <summary>The loss at a point of a plane, computed as its tiles are.</summary>
    public LossValue Evaluate(ITorchBatch batch, ITorchPlane plane, double x, CancellationToken cancellation) => Size.Fit(_ =>
    {
        var loss = new double[1];
        var accuracy = new double[HasAccuracy ? 1 : 0];
        Model.EvaluateTile(batch, plane, Objective, [x, 0], loss, accuracy, null, cancellation);
        return new LossValue(loss[0], HasAccuracy ? accuracy[0] : null);
    });

    public void Dispose()
    {
        Validation?.Dispose();
        Batch.Dispose();
        Model.Dispose();
    }
}
