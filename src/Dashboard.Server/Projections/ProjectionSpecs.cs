using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Checks what a projection is asked for against the vectors that it is asked of.</summary>
internal sealed class ProjectionSpecs(VectorLookup lookup, ApiLimits limits)
{
    // Part of every content hash: a better method must not be answered with what a worse one gave.
    private const int Version = 1;
    private const int MostNeighbors = 1000;
    private static readonly string[] Metrics = ["euclidean", "cosine"];

    /// <summary>The spec with everything fixed that may change, and the hash of what it comes to; null where a fault was noted.</summary>
    public async Task<(ProjectionSpec Spec, string? Content)> CheckAsync(ProjectionSpec spec, SpecCheck check, CancellationToken cancellation)
    {
        CheckWords(spec, check);
        var (fixedSpec, _, content) = await CheckFoundAsync(await lookup.FindAsync(spec, check, cancellation), check, cancellation);
        return (fixedSpec, content);
    }

    /// <summary>The same for vectors that were looked up already; also gives the coordinates that a method 'given' shows.</summary>
    public Task<(ProjectionSpec Spec, VectorSource? Coordinates, string? Content)> CheckAsync(SourceLookup found, SpecCheck check, CancellationToken cancellation)
    {
        CheckWords(found.Spec, check);
        return CheckFoundAsync(found, check, cancellation);
    }

    private static void CheckWords(ProjectionSpec spec, SpecCheck check)
    {
        check.OneOf(spec.Method, ProjectionMethods.All, "method");
        check.OneOf(spec.Metric, Metrics, "metric", Metrics[0]);
        check.Device(spec.Device);
        check.Count(spec.Neighbors, "neighbors", 2, MostNeighbors);
    }

    private async Task<(ProjectionSpec Spec, VectorSource? Coordinates, string? Content)> CheckFoundAsync(SourceLookup found, SpecCheck check, CancellationToken cancellation)
    {
        var spec = found.Spec;
        if (ProjectionMethods.All.Contains(spec.Method) && Metrics.Contains(spec.Metric ?? Metrics[0]))
            CheckSettings(spec, found.Vectors, check);
        if (found.Vectors is null && found.Tensors is { Count: > 0 } && spec.Artifact is { Tensor: null })
            check.Add("artifact/tensor", "missing", $"The file has {found.Tensors.Count} tensors: say which one the vectors are.");
        VectorSource? coordinates = null;
        if (spec.Method == ProjectionMethods.Given)
        {
            (spec, coordinates) = await lookup.CoordinatesAsync(spec, check, cancellation);
            CheckCoordinates(coordinates, found.Vectors, check);
        }
        spec = await FixPointsAsync(spec, found.Vectors ?? coordinates, check);
        var hash = spec.Features is { } features ? VectorLookup.FeaturesHash(features) : found.Vectors?.Hash.Value ?? "";
        var content = check.Any || (hash.Length == 0 && coordinates is null) ? null : Content(spec, hash, coordinates?.Hash.Value);
        return (spec, coordinates, content);
    }

    /// <summary>Hash of vectors and settings, wherever the vectors are kept and whatever is known of them.</summary>
    public static string Content(ProjectionSpec spec, string vectors, string? coordinates)
    {
        var (tsne, umap) = (spec.Method == ProjectionMethods.Tsne, spec.Method == ProjectionMethods.Umap);
        var settings = new ProjectionSpec
        {
            Method = spec.Method,
            Dims = spec.Dims ?? 2,
            Perplexity = tsne ? spec.Perplexity ?? -1 : null,
            Neighbors = umap ? spec.Neighbors ?? 15 : null,
            MinDist = umap ? spec.MinDist ?? 0.1 : null,
            Iterations = tsne || umap ? spec.Iterations ?? -1 : null,
            Seed = spec.Seed ?? 0,
            Standardize = spec.Standardize ?? false,
            PcaFirst = tsne || umap ? spec.PcaFirst : null,
            Metric = spec.Metric ?? "euclidean",
            PointQuality = spec.PointQuality,
        };
        using var bytes = new MemoryStream();
        JsonSerializer.Serialize(bytes, settings, ContractsJson.Default.ProjectionSpec);
        bytes.Write(JsonSerializer.SerializeToUtf8Bytes($"\n{Version}\n{vectors}\n{coordinates}", ContractsJson.Default.String));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    /// <summary>Bytes that a worker needs for it, beside the vectors themselves.</summary>
    public static long MemoryBytes(ProjectionSpec spec, VectorSource vectors) => Projection.MemoryBytes(vectors.Rows, vectors.Columns, Settings(spec, vectors.Rows));

    private static ProjectionSettings Settings(ProjectionSpec spec, int rows) =>
        ProjectionSettings.Of(rows, spec.Method, spec.Dims, spec.Perplexity, spec.Neighbors, spec.MinDist, spec.Iterations, spec.Seed, spec.Standardize, spec.PcaFirst, spec.Metric, spec.PointQuality);

    /// <summary>What the analysis itself would refuse; coordinates are looked at elsewhere, before they are read.</summary>
    private static void CheckSettings(ProjectionSpec spec, VectorSource? vectors, SpecCheck check)
    {
        var (rows, columns) = (vectors?.Rows ?? int.MaxValue, vectors?.Columns ?? int.MaxValue);
        foreach (var fault in Projection.Faults(rows, columns, Settings(spec, rows)))
        {
            if (fault.Field != "coordinates" && !(fault.Field == "neighbors" && spec.Neighbors < 2))
                check.Add(fault.Field, "out_of_range", fault.Message);
        }
    }

    private static void CheckCoordinates(VectorSource? coordinates, VectorSource? vectors, SpecCheck check)
    {
        if (coordinates is null)
            return;
        if (coordinates.Columns is not (2 or 3))
            check.Add("coordinates", "out_of_range", $"The coordinates have {coordinates.Columns} columns; a picture has 2 or 3.");
        if (vectors is not null && vectors.Rows != coordinates.Rows)
            check.Add("coordinates", "length_mismatch", $"There are {coordinates.Rows} coordinates and {vectors.Rows} vectors; there must be a row of coordinates for each vector.");
    }

    /// <summary>Metadata and thumbnails of the spec itself: they must be there, and fit.</summary>
    private async Task<ProjectionSpec> FixPointsAsync(ProjectionSpec spec, VectorSource? vectors, SpecCheck check)
    {
        if (spec.Metadata is { } metadata && await check.FileAsync(metadata.RunId, metadata.Name, metadata.Id, "metadata") is var (info, path))
        {
            spec = spec with { Metadata = metadata with { Id = info.Id } };
            CheckFile(path, info.Name, vectors?.Rows, "metadata", check);
        }
        else if (spec.Metadata is null && vectors?.Points.File is var (own, name))
        {
            CheckFile(own, name, vectors.Rows, spec.Artifact is null ? "coordinates" : "artifact", check);
        }
        if (spec.Sprite is not { } sprite)
            return spec;
        if (sprite is not { Width: > 0, Height: > 0 })
            check.Add(sprite.Width > 0 ? "sprite/height" : "sprite/width", "out_of_range", "A thumbnail needs a width and a height in pixels, whole numbers from 1.");
        return await check.FileAsync(sprite.RunId, sprite.Name, sprite.Id, "sprite") is var (image, _) ? spec with { Sprite = sprite with { Id = image.Id } } : spec;
    }

    private void CheckFile(string path, string name, int? rows, string field, SpecCheck check)
    {
        try
        {
            if (rows is { } count)
                MetadataFile.Read(path, name, count, limits);
        }
        catch (TensorFileException bad)
        {
            check.Add(field, "bad_metadata", $"The metadata '{name}': {bad.Message}.");
        }
    }
}
