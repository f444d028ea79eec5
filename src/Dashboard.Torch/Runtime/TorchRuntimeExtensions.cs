using Dashboard.Tensors;

namespace Dashboard.Torch;

/// <summary>Batches from files.</summary>
public static class TorchRuntimeExtensions
{
    /// <summary>Reads a batch: a safetensors file with <c>inputs</c>, and <c>targets</c> and <c>weights</c> where there are such.</summary>
    /// <exception cref="TorchInputException">A file that is no safetensors, or without <c>inputs</c>, or with other tensors.</exception>
    public static ITorchBatch LoadBatch(this ITorchRuntime runtime, string path, string device = "cpu") => runtime.LoadBatch(path, null, 0, device);

    /// <summary>Reads part of a batch, for a preview.</summary>
    /// <param name="runtime">What it is for.</param>
    /// <param name="path">The file.</param>
    /// <param name="samples">How many at the most, as <see cref="SampleSubset"/> chooses them; null for all.</param>
    /// <param name="seed">Chooses which.</param>
    /// <param name="device">Where it is put.</param>
    /// <exception cref="TorchInputException">A file that is no batch, or whose tensors differ in length.</exception>
    public static ITorchBatch LoadBatch(this ITorchRuntime runtime, string path, int? samples, ulong seed = 0, string device = "cpu")
    {
        ArgumentNullException.ThrowIfNull(runtime);
        using var file = SafetensorsFile.Open(path);
        var strange = file.Tensors.Keys.FirstOrDefault(name => name is not ("inputs" or "targets" or "weights"));
        if (strange is not null) throw new TorchInputException($"A batch has the tensors inputs, targets and weights; this one also has '{strange}'.");
        if (!file.Tensors.ContainsKey("inputs")) throw new TorchInputException("The batch has no tensor named 'inputs'.");
        var inputs = file.Read("inputs");
        // A single number, or tensors of different lengths, are left for the batch to refuse.
        var chosen = samples is { } count && inputs.Shape.Count > 0 && count < inputs.Shape[0] ? SampleSubset.Choose((int)inputs.Shape[0], count, seed) : null;
        return runtime.CreateBatch(Part(inputs), Optional("targets"), Optional("weights"), device);

        TensorData? Optional(string name) => file.Tensors.ContainsKey(name) ? Part(file.Read(name)) : null;

        TensorData Part(TensorData tensor)
        {
            if (chosen is null) return tensor;
            if (tensor.Shape.Count == 0 || tensor.Shape[0] != inputs.Shape[0])
                throw new TorchInputException($"The batch has {inputs.Shape[0]} inputs, and another of its tensors has the shape [{string.Join(", ", tensor.Shape)}].");
            return tensor.Take(chosen);
        }
    }
}
