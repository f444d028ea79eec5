using Dashboard.Tensors;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Chosen samples of a batch's file, read without the others.</summary>
internal sealed class BatchInputs
{
    private BatchInputs(IReadOnlyList<int> samples, TensorData inputs, IReadOnlyList<int>? labels) => (Samples, Inputs, Labels) = (samples, inputs, labels);

    /// <summary>Which they are.</summary>
    public IReadOnlyList<int> Samples { get; }

    /// <summary>The samples' inputs.</summary>
    public TensorData Inputs { get; }

    /// <summary>Their targets where those are class numbers, one a sample.</summary>
    public IReadOnlyList<int>? Labels { get; }

    /// <summary>Sizes of one input.</summary>
    public IReadOnlyList<long> Shape => [.. Inputs.Shape.Skip(1)];

    /// <summary>Reads them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="samples">Which, from 0; the first <paramref name="usual"/> where null.</param>
    /// <param name="usual">How many where none are named.</param>
    /// <exception cref="TorchInputException">There are not as many samples, or no inputs.</exception>
    public static BatchInputs Read(string path, IReadOnlyList<int>? samples, int usual)
    {
        using var file = SafetensorsFile.Open(path);
        var count = Count(file);
        var chosen = Choose(samples, count, usual);
        return new BatchInputs(chosen, Rows(file, "inputs", chosen), LabelsOf(file, chosen, count));
    }

    /// <summary>The samples that are asked for.</summary>
    public static IReadOnlyList<int> Choose(IReadOnlyList<int>? samples, long count, int usual)
    {
        if (samples is null) return [.. Enumerable.Range(0, (int)Math.Min(usual, count))];
        if (samples.Count == 0) throw new TorchInputException("samples: at least one is needed.");
        foreach (var sample in samples)
        {
            if (sample < 0 || sample >= count) throw new TorchInputException($"samples: there is no sample {sample}; the batch has {count}, counted from 0.");
        }
        return samples;
    }

    private static long Count(SafetensorsFile file)
    {
        if (!file.Tensors.TryGetValue("inputs", out var inputs)) throw new TorchInputException("batch: it has no tensor named 'inputs'.");
        if (inputs.Shape.Count == 0 || inputs.Shape.Contains(0)) throw new TorchInputException($"batch: its inputs have the shape [{string.Join(", ", inputs.Shape)}]; samples are needed, along the first dimension.");
        return inputs.Shape[0];
    }

    private static TensorData Rows(SafetensorsFile file, string name, IReadOnlyList<int> rows)
    {
        var entry = file.Tensors[name];
        var each = checked((int)entry.Shape.Skip(1).Aggregate(1L, (product, size) => product * size));
        return new TensorData(entry.Type, [rows.Count, .. entry.Shape.Skip(1)], [.. rows.SelectMany(row => file.Read(name, (long)row * each, each).Bytes)]);
    }

    private static IReadOnlyList<int>? LabelsOf(SafetensorsFile file, IReadOnlyList<int> rows, long count)
    {
        if (!file.Tensors.TryGetValue("targets", out var entry) || entry.Type is not (TensorType.Int64 or TensorType.Int32) || entry.Shape.Count == 0 || entry.Shape[0] != count || entry.Shape.Skip(1).Any(size => size != 1)) return null;
        var bytes = Rows(file, "targets", rows).Bytes;
        return [.. rows.Select((_, at) => entry.Type == TensorType.Int64 ? (int)Math.Clamp(BitConverter.ToInt64(bytes, 8 * at), int.MinValue, int.MaxValue) : BitConverter.ToInt32(bytes, 4 * at))];
    }
}
