using System.Globalization;
using System.Text.Json;

namespace Dashboard.Client;

/// <content>Pictures of embeddings: those that the server computes, and coordinates that were computed elsewhere. None of these throws: what is wrong is a notice.</content>
public sealed partial class LossboardRun
{
    private const string CoordinatesTensor = "coordinates";

    /// <summary>Uploads coordinates that were computed elsewhere, as <c>projections/&lt;name&gt;.safetensors</c>. <see cref="ProjectAsync"/> shows them.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="coordinates">Two or three numbers for each vector: of the shape [vectors, 2 or 3].</param>
    /// <param name="embeddingTag">The embedding of this run that they belong to, or null.</param>
    /// <param name="embeddingStep">Its step; null for the last.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <inheritdoc cref="UploadModelAsync(string, string, long?, CancellationToken)" path="/returns"/>
    public Task<bool> UploadProjectionAsync(string name, LossboardTensor coordinates, string? embeddingTag = null, long? embeddingStep = null, CancellationToken cancellation = default) =>
        UploadMadeAsync("projection", FileOf(name), null, () =>
        {
            ArgumentNullException.ThrowIfNull(coordinates);
            if (coordinates.Shape is not [_, 2 or 3])
                throw new ArgumentException($"coordinates must be of the shape [vectors, 2] or [vectors, 3], not [{string.Join(", ", coordinates.Shape)}]");
            var said = new Dictionary<string, string>();
            if (embeddingTag is not null)
                said["lossboard.embedding_tag"] = embeddingTag;
            if (embeddingTag is not null && embeddingStep is { } step)
                said["lossboard.embedding_step"] = step.ToString(CultureInfo.InvariantCulture);
            return SafetensorsBody.Open([coordinates.Named(CoordinatesTensor)], said);
        }, cancellation);

    /// <summary>Asks the server for a picture, once it has what was logged so far; waits for its word and not for the picture.</summary>
    /// <param name="projection">What is asked for.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Id of the job, or of an earlier one that has computed the same; null, with a notice, where the server has not got everything or refuses.</returns>
    public async Task<string?> ProjectAsync(LossboardProjection projection, CancellationToken cancellation = default)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(projection);
            if (projection.Tag is null && projection.Coordinates is null)
                throw new ArgumentException("Tag names the embedding, or Coordinates what was uploaded; there is neither");
            if (!await FlushAsync(cancellation))
                throw new InvalidOperationException("the server has not stored what was logged; it can be asked for once it has");
            return await _pipeline.PostJobAsync("projection", projection.Name, runId => Spec(projection, runId), cancellation);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            _notifier.BadEvent("projection", e);
            return null;
        }
    }

    private static JsonElement Spec(LossboardProjection asked, string runId) => JsonSerializer.SerializeToElement(
        new
        {
            Method = asked.Coordinates is null ? asked.Method : "given",
            Embedding = asked.Tag is null ? null : new { RunId = runId, asked.Tag, asked.Step },
            Coordinates = asked.Coordinates is null ? null : new { RunId = runId, Name = FileOf(asked.Coordinates), Tensor = CoordinatesTensor },
            asked.Dims,
            asked.Perplexity,
            asked.Neighbors,
            asked.MinDist,
            asked.Iterations,
            asked.Seed,
            asked.Standardize,
            asked.PcaFirst,
            asked.Metric,
        },
        Json.Options);

    private static string FileOf(string name) => $"projections/{name}.safetensors";
}
