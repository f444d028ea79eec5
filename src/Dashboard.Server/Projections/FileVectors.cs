using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Vectors of files: safetensors, npy, tables of text, and the files of a projector folder.</summary>
internal sealed class FileVectors(IArtifactStore artifacts, TableCache tables, ApiLimits limits)
{
    private const string Config = "projector_config.pbtxt";
    private const int MostConfigBytes = 4 << 20;
    private static readonly string[] Usual = ["vectors", "coordinates"];

    /// <summary>Finds a tensor of an artifact.</summary>
    /// <param name="reference">Names it.</param>
    /// <param name="field">Field of the spec, for faults.</param>
    /// <param name="check">Takes the faults.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The reference with version and tensor fixed; the vectors, null where several could be meant or a fault was noted; what there is to choose from.</returns>
    public async Task<(TensorReference Reference, VectorSource? Vectors, IReadOnlyList<TensorChoice>? Tensors)> FindAsync(
        TensorReference reference, string field, SpecCheck check, CancellationToken cancellation)
    {
        if (await check.FileAsync(reference.RunId, reference.Name, reference.Id, field) is not var (info, path))
            return (reference, null, null);
        reference = reference with { Id = info.Id };
        try
        {
            if (LastPart(info.Name) == Config)
                return await ProjectorAsync(reference, info, path, field, check, cancellation);
            var (place, tensors, name) = await OpenAsync(info, path, reference.Tensor, null, cancellation);
            if (place is null && reference.Tensor is not null)
                check.Add($"{field}/tensor", "tensor_not_found", $"The file has no tensor '{reference.Tensor}' that could be vectors; it has {Some(tensors)}.");
            return (reference with { Tensor = name }, place is null ? null : await SourceAsync(place, info, reference.RunId!, cancellation), tensors);
        }
        catch (TensorFileException bad)
        {
            check.Add(field, "bad_file", $"'{info.Name}': {bad.Message}");
            return (reference, null, null);
        }
    }

    private async Task<(TensorReference Reference, VectorSource? Vectors, IReadOnlyList<TensorChoice>? Tensors)> ProjectorAsync(
        TensorReference reference, ArtifactInfo info, string path, string field, SpecCheck check, CancellationToken cancellation)
    {
        if (info.Size > MostConfigBytes)
            throw new TensorFileException($"it is longer than {MostConfigBytes} bytes, which no configuration is");
        var entries = ProjectorConfig.Parse(await File.ReadAllTextAsync(path, cancellation));
        var choices = entries.Select(one => new TensorChoice(one.Name, one.Shape)).ToList();
        var entry = reference.Tensor is null ? entries.Count == 1 ? entries[0] : null : entries.FirstOrDefault(one => one.Name == reference.Tensor);
        if (entry is null)
        {
            if (reference.Tensor is not null || entries.Count == 0)
                check.Add($"{field}/tensor", "tensor_not_found", entries.Count == 0 ? "The configuration names no embedding." : $"The configuration has no embedding '{reference.Tensor}'; it has {Some(choices)}.");
            return (reference, null, choices);
        }
        reference = reference with { Tensor = entry.Name };
        if (entry.TensorPath is null)
            throw new TensorFileException($"the embedding '{entry.Name}' lives in a TensorFlow checkpoint (it has no tensor_path); save its vectors as tsv or npy");
        if (await BesideAsync(entry.TensorPath) is not var (numbers, numbersPath))
        {
            check.Add(field, "artifact_not_found", $"The configuration names '{entry.TensorPath}', and the run has no artifact '{Beside(info.Name, entry.TensorPath)}': upload the whole folder.");
            return (reference, null, choices);
        }
        var (place, _, _) = await OpenAsync(numbers, numbersPath, null, entry.Shape, cancellation);
        if (place is null)
            throw new TensorFileException($"'{numbers.Name}' holds no vectors");
        var metadata = entry.MetadataPath is null ? null : await BesideAsync(entry.MetadataPath);
        var sprite = entry.SpritePath is null || entry.ThumbnailSize.Count != 2 ? null : await BesideAsync(entry.SpritePath);
        return (reference, place.Source(new PointSource(
            null,
            metadata is var (meta, metaPath) ? (metaPath, meta.Name) : null,
            sprite is var (image, _) ? Sprite(reference.RunId!, image, entry.ThumbnailSize) : null)), choices);

        Task<(ArtifactInfo Info, string Path)?> BesideAsync(string relative) => artifacts.FindAsync(reference.RunId!, Beside(info.Name, relative), null, null, cancellation);
    }

    /// <summary>The tensor of a file, if it is clear which.</summary>
    private async Task<(Place? Place, IReadOnlyList<TensorChoice> Tensors, string? Name)> OpenAsync(
        ArtifactInfo info, string path, string? wanted, IReadOnlyList<long>? shape, CancellationToken cancellation)
    {
        if (info.Name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
        {
            if (info.Size > limits.MaxTableBytes)
                throw new TensorFileException($"it has {info.Size} bytes, and a table of text may have {limits.MaxTableBytes}: save it as .npy or .safetensors, which may have any size");
            var (numbers, table) = await tables.OpenAsync(path, info.Sha256, cancellation);
            return (new Place(numbers, table, info.Sha256, "table"), [], null);
        }
        if (info.Name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            var array = NpyFile.Read(path);
            return (new Place(path, array, info.Sha256, "array"), [], null);
        }
        if (shape is { Count: 2 })
        {
            var bytes = shape.Aggregate((long)sizeof(float), (product, size) => product > info.Size ? product : product * size);
            return bytes == info.Size ? (new Place(path, new TensorEntry(TensorType.Float32, shape, 0, bytes), info.Sha256, "raw"), [], null)
                : throw new TensorFileException($"'{info.Name}' has {info.Size} bytes where tensor_shape [{string.Join(", ", shape)}] of float32 needs {bytes}");
        }
        using var file = SafetensorsFile.Open(path);
        var able = file.Tensors.Where(tensor => tensor.Value is { Shape.Count: > 0, Length: > 0 }).ToDictionary(StringComparer.Ordinal);
        var name = wanted ?? (able.Count == 1 ? able.Keys.First() : Usual.FirstOrDefault(able.ContainsKey));
        var choices = able.Select(tensor => new TensorChoice(tensor.Key, tensor.Value.Shape)).OrderBy(one => one.Name, StringComparer.Ordinal).ToList();
        if (choices.Count == 0)
            throw new TensorFileException("it holds no tensor with rows");
        return name is not null && able.TryGetValue(name, out var entry) ? (new Place(path, entry, $"{info.Sha256}:{name}", name) { Says = file.Metadata }, choices, name) : (null, choices, wanted);
    }

    /// <summary>With the metadata and the sprite that a safetensors file names.</summary>
    private async Task<VectorSource> SourceAsync(Place place, ArtifactInfo info, string runId, CancellationToken cancellation)
    {
        async Task<(ArtifactInfo Info, string Path)?> NamedAsync(string key) => place.Says.TryGetValue(key, out var name) ? await artifacts.FindAsync(runId, name, null, null, cancellation) : null;
        long Number(string key) => place.Says.TryGetValue(key, out var text) && int.TryParse(text, out var number) && number > 0 ? number : 0;
        var metadata = await NamedAsync("lossboard.metadata");
        var size = new[] { Number("lossboard.sprite_width"), Number("lossboard.sprite_height") };
        var sprite = size.Contains(0) ? null : await NamedAsync("lossboard.sprite");
        return place.Source(new PointSource(null, metadata is var (meta, path) ? (path, meta.Name) : null, sprite is var (image, _) ? Sprite(runId, image, size) : null));
    }

    private static SpriteReference Sprite(string runId, ArtifactInfo image, IReadOnlyList<long> size) =>
        new() { RunId = runId, Name = image.Name, Id = image.Id, Width = (int)size[0], Height = (int)size[1] };

    private static string Beside(string config, string relative) => config[..(config.Length - LastPart(config).Length)] + (relative.StartsWith("./", StringComparison.Ordinal) ? relative[2..] : relative);

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string Some(IReadOnlyList<TensorChoice> choices)
    {
        var first = choices.Take(6).Select(one => $"'{one.Name}'").ToList();
        return string.Join(", ", first) + (choices.Count > first.Count ? ", …" : "");
    }

    /// <summary>Where numbers are.</summary>
    private sealed record Place(string Path, TensorEntry Entry, string Hash, string Name)
    {
        public IReadOnlyDictionary<string, string> Says { get; init; } = new Dictionary<string, string>();

        public VectorSource Source(PointSource points)
        {
            var (rows, columns) = MappedVectors.Layout(Entry.Shape, Name);
            return new VectorSource { Hash = new Lazy<string>(Hash), Rows = rows, Columns = columns, Open = () => MappedVectors.Open(Path, Entry, Name), Points = points };
        }
    }
}
