using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Reads weights from the inputs; a fault names the field and the checkpoint.</summary>
internal sealed class CheckpointReader(EngineContext context, ITorchModel model)
{
    /// <summary>How many checkpoints there are.</summary>
    public int Count => context.Task.Checkpoints.Count;

    /// <summary>The checkpoint's weights and buffers.</summary>
    public TorchWeights Read(int index)
    {
        var checkpoint = context.Task.Checkpoints[index];
        return Fields.Of($"checkpoints, '{checkpoint.Name}'", () => WeightFile.ReadCheckpoint(context.PathOf(checkpoint.File, "checkpoints"), model));
    }

    /// <summary>Weights from a checkpoint, or from a module of the same architecture.</summary>
    public TorchWeights ReadWeights(string file, string field) => Fields.Of(field, () =>
    {
        var path = context.PathOf(file, field);
        if (!IsArchive(path)) return WeightFile.ReadCheckpoint(path, model);
        using var other = context.Runtime.LoadModel(path, context.Task.Device);
        if (!Same(model.Parameters, other.Parameters) || !Same(model.Buffers, other.Buffers))
            throw new TorchInputException($"the two models have different parameters: {model.ParameterCount} in {model.Parameters.Count} tensors, and {other.ParameterCount} in {other.Parameters.Count}. A line needs two of one architecture.");
        return other.Read();
    });

    private static bool Same(IReadOnlyList<TorchParameter> one, IReadOnlyList<TorchParameter> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.Name == pair.Second.Name && pair.First.Shape.SequenceEqual(pair.Second.Shape));

    /// <summary>TorchScript is a zip archive; safetensors begins with the length of its header, which is never that.</summary>
    private static bool IsArchive(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("PK\x3\x4"u8);
    }
}
