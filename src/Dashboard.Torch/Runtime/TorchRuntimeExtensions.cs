namespace Dashboard.Torch;

/// <summary>Batches from files.</summary>
public static class TorchRuntimeExtensions
{
    /// <summary>Reads a batch: a safetensors file with <c>inputs</c>, and <c>targets</c> and <c>weights</c> where there are such.</summary>
    /// <exception cref="TorchInputException">A file that is no safetensors, or without <c>inputs</c>, or with other tensors.</exception>
    public static ITorchBatch LoadBatch(this ITorchRuntime runtime, string path, string device = "cpu")
    {
        ArgumentNullException.ThrowIfNull(runtime);
        using var file = SafetensorsFile.Open(path);
        var strange = file.Tensors.Keys.FirstOrDefault(name => name is not ("inputs" or "targets" or "weights"));
        if (strange is not null) throw new TorchInputException($"A batch has the tensors inputs, targets and weights; this one also has '{strange}'.");
        if (!file.Tensors.ContainsKey("inputs")) throw new TorchInputException("The batch has no tensor named 'inputs'.");
        return runtime.CreateBatch(file.Read("inputs"), Optional("targets"), Optional("weights"), device);

        TensorData? Optional(string name) => file.Tensors.ContainsKey(name) ? file.Read(name) : null;
    }
}
