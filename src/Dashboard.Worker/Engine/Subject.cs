using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>What a job computes on: a module, one or two batches, and the objective, found to fit together.</summary>
internal sealed class Subject : IDisposable
{
    private readonly Objective _objective;

    private Subject(ITorchModel model, BatchFile file, ITorchBatch batch, ITorchBatch? validation, Objective objective, BatchSize size, List<string> notes)
    {
        (Model, File, Batch, Validation, _objective, Size, Notes) = (model, file, batch, validation, objective, size, notes);
    }

    public ITorchModel Model { get; }

    /// <summary>The batch in memory, for a part of it.</summary>
    public BatchFile File { get; }

    public ITorchBatch Batch { get; }

    public ITorchBatch? Validation { get; }

    public BatchSize Size { get; }

    public bool HasAccuracy { get; private set; }

    /// <summary>What a person should know of the result.</summary>
    public List<string> Notes { get; }

    /// <summary>The objective with the batch size at hand.</summary>
    public Objective Objective => _objective with { BatchSize = Size.Current };

    /// <summary>Loads everything and runs one micro-batch.</summary>
    public static Subject Load(EngineContext context, Objective objective, int? batchSize, Func<BatchFile, BatchFile>? part = null)
    {
        var task = context.Task;
        var notes = new List<string>();
        var size = new BatchSize(batchSize, text =>
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
            var file = Fields.Of("batch", () => BatchFile.Read(context.PathOf(task.Batch, "batch")));
            if (part is not null) file = Fields.Of("batch", () => part(file));
            batch = Fields.Of("batch", () => file.Create(context.Runtime, task.Device));
            if (task.Validation is not null)
                validation = Fields.Of("validation_batch", () => BatchFile.Read(context.PathOf(task.Validation, "validation_batch")).Create(context.Runtime, task.Device));
            var subject = new Subject(model, file, batch, validation, objective, size, notes);
            subject.HasAccuracy = Fields.Of("model, batch and loss", () => size.Fit(_ => model.Check(batch, subject.Objective)));
            if (validation is not null) Fields.Of("model, validation_batch and loss", () => size.Fit(_ => model.Check(validation, subject.Objective)));
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
    public LossValue Evaluate(ITorchBatch batch, CancellationToken cancellation) => Size.Fit(_ => Model.Evaluate(batch, Objective, cancellation));

    public void Dispose()
    {
        Validation?.Dispose();
        Batch.Dispose();
        Model.Dispose();
    }
}
