using Dashboard.Tensors;

namespace Dashboard.Torch;

/// <summary>Checkpoints as rows of one table, a column a weight, read in blocks of columns: they need not fit into memory, and no module is needed to read them.</summary>
public sealed class CheckpointSet
{
    // What BatchNorm counts and averages is no weight.
    private static readonly string[] Statistics = ["running_mean", "running_var", "num_batches_tracked"];

    private readonly IReadOnlyList<(string Name, string Path)> _files;
    private readonly List<(string Name, IReadOnlyList<long> Shape, long Offset, long Count)> _tensors = [];

    /// <summary>Opens each once, to see that all have the same tensors.</summary>
    /// <param name="files">Name and path of each.</param>
    /// <exception cref="TorchInputException">They are not of one architecture, or have no weights; the message names the checkpoint and the tensor.</exception>
    /// <exception cref="TensorFileException">A file is no safetensors file.</exception>
    public CheckpointSet(IReadOnlyList<(string Name, string Path)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files;
        for (var i = 0; i < files.Count; i++)
        {
            using var file = Open(i);
            if (i == 0) Lay(file);
            else Compare(file, files[i].Name);
        }
        if (Columns == 0) throw new TorchInputException($"The checkpoint '{files[0].Name}' has no tensors of fractions, so that there are no weights to compare.");
    }

    /// <summary>How many checkpoints there are.</summary>
    public int Count => _files.Count;

    /// <summary>Weights of a checkpoint.</summary>
    public long Columns { get; private set; }

    /// <summary>Tensors that are BatchNorm's statistics, and were left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Name of a checkpoint.</summary>
    public string NameOf(int index) => _files[index].Name;

    /// <summary>Reads some weights of one checkpoint.</summary>
    /// <param name="index">The checkpoint.</param>
    /// <param name="first">First weight.</param>
    /// <param name="weights">Filled.</param>
    public void Read(int index, long first, Span<double> weights)
    {
        using var file = Open(index);
        foreach (var (name, _, offset, count) in _tensors)
        {
            var (from, to) = (Math.Max(first, offset), Math.Min(first + weights.Length, offset + count));
            if (from < to) file.Read(name, from - offset, (int)(to - from)).CopyTo(weights.Slice((int)(from - first), (int)(to - from)));
        }
    }

    private SafetensorsFile Open(int index)
    {
        try
        {
            return SafetensorsFile.Open(_files[index].Path);
        }
        catch (TensorFileException e)
        {
            throw new TensorFileException($"The checkpoint '{_files[index].Name}': {e.Message}", e);
        }
    }

    private static IEnumerable<KeyValuePair<string, TensorEntry>> Weights(SafetensorsFile file) =>
        file.Tensors.Where(tensor => tensor.Value.Type <= TensorType.BFloat16 && !Array.Exists(Statistics, ending => tensor.Key.EndsWith(ending, StringComparison.Ordinal))).OrderBy(tensor => tensor.Key, StringComparer.Ordinal);

    private void Lay(SafetensorsFile file)
    {
        foreach (var (name, entry) in Weights(file))
        {
            var count = entry.Length / TensorData.SizeOf(entry.Type);
            _tensors.Add((name, entry.Shape, Columns, count));
            Columns += count;
        }
        LeftOut = file.Tensors.Count(tensor => tensor.Value.Type <= TensorType.BFloat16) - _tensors.Count;
    }

    private void Compare(SafetensorsFile file, string checkpoint)
    {
        var found = Weights(file).ToList();
        foreach (var (name, shape, _, _) in _tensors)
        {
            if (!file.Tensors.TryGetValue(name, out var entry)) throw new TorchInputException($"The checkpoint '{checkpoint}' has no tensor '{name}', which '{_files[0].Name}' has: they are not of one architecture.");
            if (!entry.Shape.SequenceEqual(shape))
                throw new TorchInputException($"The tensor '{name}' has the shape [{string.Join(", ", entry.Shape)}] in '{checkpoint}' and [{string.Join(", ", shape)}] in '{_files[0].Name}'.");
        }
        if (found.Count != _tensors.Count)
        {
            var strange = found.First(tensor => !_tensors.Exists(known => known.Name == tensor.Key)).Key;
            throw new TorchInputException($"The checkpoint '{checkpoint}' has a tensor '{strange}', which '{_files[0].Name}' has not: they are not of one architecture.");
        }
    }
}
