using System.Security.Cryptography;
using System.Text;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Finds the vectors that a spec names, one way of four.</summary>
internal sealed class VectorLookup(LoggedVectors logged, FileVectors files)
{
    /// <summary>Looks them up; faults go to <paramref name="check"/>.</summary>
    public async Task<SourceLookup> FindAsync(ProjectionSpec spec, SpecCheck check, CancellationToken cancellation)
    {
        var given = new object?[] { spec.Embedding, spec.Artifact, spec.Predictions, spec.Features }.Count(one => one is not null);
        if (given > 1)
            check.Add("embedding", "conflict", "The vectors come from one source: give embedding, artifact, predictions or features, and not several.");
        else if (given == 0 && spec.Method != ProjectionMethods.Given)
            check.Add("embedding", "missing", "Say which vectors: embedding { run_id, tag, step }, artifact { run_id, name, tensor }, predictions { run_id, tag, step } or features { model, batch, module }.");
        if (given != 1)
            return new SourceLookup(spec, null);
        if (spec.Embedding is not null)
            return await logged.EmbeddingAsync(spec, check, cancellation);
        if (spec.Predictions is not null)
            return await logged.PredictionsAsync(spec, check, cancellation);
        if (spec.Features is not null)
            return await FeaturesAsync(spec, check);
        var (reference, vectors, tensors) = await files.FindAsync(spec.Artifact!, "artifact", check, cancellation);
        return new SourceLookup(spec with { Artifact = reference }, vectors) { Tensors = tensors };
    }

    /// <summary>Looks up coordinates that were computed elsewhere.</summary>
    public async Task<(ProjectionSpec Spec, VectorSource? Coordinates)> CoordinatesAsync(ProjectionSpec spec, SpecCheck check, CancellationToken cancellation)
    {
        if (spec.Coordinates is null)
        {
            check.Add("coordinates", "missing", "The method 'given' needs coordinates: { \"run_id\", \"name\" } of an artifact with a row for each vector.");
            return (spec, null);
        }
        var (reference, coordinates, tensors) = await files.FindAsync(spec.Coordinates, "coordinates", check, cancellation);
        if (coordinates is null && tensors is { Count: > 1 } && reference.Tensor is null)
            check.Add("coordinates/tensor", "missing", "The file has several tensors: say which are the coordinates.");
        return (spec with { Coordinates = reference }, coordinates);
    }

    /// <summary>A hash of features that nobody has computed: it says what they come from.</summary>
    public static string FeaturesHash(FeaturesReference features) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', "features", features.Model?.Id, features.Batch?.Id, features.Module, features.Checkpoint?.Id))));

    private static async Task<SourceLookup> FeaturesAsync(ProjectionSpec spec, SpecCheck check)
    {
        var features = spec.Features!;
        features = features with
        {
            Model = await check.ArtifactAsync(features.Model, "features/model"),
            Batch = await check.ArtifactAsync(features.Batch, "features/batch"),
            Checkpoint = await check.ArtifactAsync(features.Checkpoint, "features/checkpoint", required: false),
        };
        return new SourceLookup(spec with { Features = features }, null);
    }
}
