using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>The samples of a batch in memory, and a part of them.</summary>
internal sealed record BatchFile(TensorData Inputs, TensorData? Targets, TensorData? Weights)
{
    /// <summary>Number of samples.</summary>
    public long Samples => Inputs.Shape.Count == 0 ? 1 : Inputs.Shape[0];

    /// <summary>Reads a safetensors file with <c>inputs</c>, and <c>targets</c> and <c>weights</c> where there are such.</summary>
    public static BatchFile Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var strange = file.Tensors.Keys.FirstOrDefault(name => name is not ("inputs" or "targets" or "weights"));
        if (strange is not null) throw new TorchInputException($"A batch has the tensors inputs, targets and weights; this one also has '{strange}'.");
        if (!file.Tensors.ContainsKey("inputs")) throw new TorchInputException("The batch has no tensor named 'inputs'.");
        return new BatchFile(file.Read("inputs"), Optional("targets"), Optional("weights"));

        TensorData? Optional(string name) => file.Tensors.ContainsKey(name) ? file.Read(name) : null;
    }

    /// <summary>Puts it on a device.</summary>
    public ITorchBatch Create(ITorchRuntime runtime, string device) => runtime.CreateBatch(Inputs, Targets, Weights, device);

    /// <summary>Some of the samples, without repetition and in their order; one seed chooses the same ones always.</summary>
    public BatchFile Take(int count, int seed)
    {
        if (count >= Samples) return this;
        var random = new Random(seed);
        var chosen = new SortedSet<long>();
        // Floyd's way: as many draws as samples, whatever their share is.
        for (var last = Samples - count; last < Samples; last++)
        {
            if (!chosen.Add(random.NextInt64(last + 1))) chosen.Add(last);
        }
        long[] rows = [.. chosen];
        return new BatchFile(Rows(Inputs, rows), Targets is null ? null : Rows(Targets, rows), Weights is null ? null : Rows(Weights, rows));
    }

    private static TensorData Rows(TensorData tensor, long[] rows)
    {
        if (tensor.Shape.Count == 0 || tensor.Shape[0] <= rows[^1]) throw new TorchInputException("The batch's tensors have different numbers of samples.");
        var length = tensor.Bytes.Length / (int)tensor.Shape[0];
        var bytes = new byte[(long)rows.Length * length];
        for (var i = 0; i < rows.Length; i++) tensor.Bytes.AsSpan((int)(rows[i] * length), length).CopyTo(bytes.AsSpan(i * length));
        return new TensorData(tensor.Type, [rows.Length, .. tensor.Shape.Skip(1)], bytes);
    }
}
