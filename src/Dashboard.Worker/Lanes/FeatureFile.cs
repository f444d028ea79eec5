using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Tensors;

namespace Dashboard.Worker;

/// <summary>Features that an engine computes, on their way to becoming an artifact of the model's run, with the classes of their samples beside them.</summary>
/// <param name="spec">Whose features.</param>
/// <param name="folder">The engine's folder, on this side of the walls: it goes with the engine.</param>
/// <param name="batch">File of the batch within it.</param>
/// <param name="mostBytes">What an engine may have: features are in its memory.</param>
internal sealed class FeatureFile(FeaturesReference spec, string folder, string batch, long mostBytes) : IDisposable
{
    private const string Tensor = "vectors";
    private const string Column = "target";

    // As the server names what it is told of: its limit for names.
    private const int LongestName = 512;

    private FileStream? _file;
    private int _rows;
    private int _columns;
    private int _filled;

    private string Place => Path.Combine(folder, "features.out");

    private string Name(string suffix)
    {
        var name = $"features/{spec.Model!.Name}/{spec.Module ?? "output"}";
        return (name.Length + suffix.Length > LongestName ? name[..(LongestName - suffix.Length)] : name) + suffix;
    }

    /// <summary>Takes rows.</summary>
    /// <exception cref="InvalidDataException">They do not follow what was there, or are more than an engine could have.</exception>
    public void Add(EngineBlock block)
    {
        if (_file is null)
        {
            if (block.Rows < 1 || block.Columns < 1 || (long)block.Rows * block.Columns > mostBytes / sizeof(float))
                throw new InvalidDataException($"The engine's features make no sense: {block.Rows} rows of {block.Columns} numbers are more than it can have.");
            (_rows, _columns) = (block.Rows, block.Columns);
            _file = new FileStream(Place, FileMode.Create);
            var metadata = Targets() is null ? null : new Dictionary<string, string> { ["lossboard.metadata"] = Name(".json") };
            _file.Write(SafetensorsHeader.Make([(Tensor, TensorType.Float32, [_rows, _columns])], metadata));
        }
        RowsAssembly.Follow(block, _rows, _columns, _filled, EngineBlockNames.Vectors);
        _file.Write(block.Packed);
        _filled += block.Packed.Length / sizeof(float) / _columns;
    }

    /// <summary>Stores them.</summary>
    /// <returns>Where they are.</returns>
    /// <exception cref="InvalidDataException">Rows are missing.</exception>
    public async Task<TensorReference> StoreAsync(WorkerApi api, CancellationToken cancellation)
    {
        if (_file is null || _filled != _rows) throw new InvalidDataException("The engine's features make no sense: rows are missing.");
        var run = spec.Model!.RunId!;
        await _file.FlushAsync(cancellation);
        if (Targets() is { } targets)
        {
            var content = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, long[]> { [Column] = targets }, WorkerJson.Default.DictionaryStringInt64Array);
            await api.UploadAsync(run, Name(".json"), () => new MemoryStream(content), cancellation);
        }
        var stored = await api.UploadAsync(run, Name(".safetensors"), () => new FileStream(Place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), cancellation);
        return new TensorReference { RunId = run, Name = stored.Name, Id = stored.Id, Tensor = Tensor };
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>The batch's targets, where they are classes.</summary>
    private long[]? Targets()
    {
        try
        {
            using var file = SafetensorsFile.Open(Path.Combine(folder, batch));
            if (!file.Tensors.TryGetValue("targets", out var entry) || entry.Type is TensorType.Float32 or TensorType.Float64 or TensorType.Float16 or TensorType.BFloat16) return null;
            if (entry.Shape.Count is not (1 or 2) || entry.Shape[0] != _rows || entry.Shape.Skip(1).Any(size => size != 1)) return null;
            var bytes = file.Read("targets").Bytes;
            return [.. Enumerable.Range(0, _rows).Select(row => entry.Type switch
            {
                TensorType.Int64 => BitConverter.ToInt64(bytes, 8 * row),
                TensorType.Int32 => BitConverter.ToInt32(bytes, 4 * row),
                TensorType.Int16 => BitConverter.ToInt16(bytes, 2 * row),
                TensorType.Int8 => (sbyte)bytes[row],
                _ => bytes[row],
            })];
        }
        catch (TensorFileException)
        {
            // The engine has read it, so it was a batch; whoever changed it meanwhile gets no metadata.
            return null;
        }
    }
}
