using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Vectors of events: embeddings, and the scores of predictions.</summary>
internal sealed class LoggedVectors(ISeriesStore series, ISourceStore sources)
{
    /// <summary>Finds an embedding.</summary>
    public async Task<SourceLookup> EmbeddingAsync(ProjectionSpec spec, SpecCheck check, CancellationToken cancellation)
    {
        var (reference, steps, payload) = await ReadAsync(spec.Embedding!, RecordKind.Embedding, "embedding", check, cancellation);
        spec = spec with { Embedding = reference };
        if (payload is null)
            return new SourceLookup(spec, null) { Steps = steps };
        var (vectors, metadata, sprite) = EmbeddingCodec.Decode(payload);
        return new SourceLookup(spec, Source(vectors, metadata, sprite is null ? null : sprite with { RunId = reference.RunId })) { Steps = steps };
    }

    /// <summary>Finds the scores of predictions.</summary>
    public async Task<SourceLookup> PredictionsAsync(ProjectionSpec spec, SpecCheck check, CancellationToken cancellation)
    {
        var (reference, steps, payload) = await ReadAsync(spec.Predictions!, RecordKind.Predictions, "predictions", check, cancellation);
        spec = spec with { Predictions = reference };
        if (payload is null)
            return new SourceLookup(spec, null) { Steps = steps };
        var predictions = PredictionsCodec.Decode(payload);
        return new SourceLookup(spec, Source(predictions.Scores, Columns(predictions), predictions.Sprite is { } sprite ? sprite with { RunId = reference.RunId } : null)) { Steps = steps };
    }

    private async Task<(StepReference Reference, IReadOnlyList<long>? Steps, byte[]? Payload)> ReadAsync(
        StepReference reference, RecordKind kind, string field, SpecCheck check, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(reference.RunId))
            check.Add($"{field}/run_id", "missing", "The field 'run_id' is required: the run that logged it.");
        else if (string.IsNullOrEmpty(reference.Tag))
            check.Add($"{field}/tag", "missing", "The field 'tag' is required.");
        else if (await check.IsOfProjectAsync(reference.RunId, $"{field}/run_id"))
        {
            var steps = await sources.StepsAsync(reference.RunId, kind, reference.Tag, cancellation);
            if (steps.Count == 0)
                check.Add($"{field}/tag", "series_not_found", $"The run has logged no {field} under the tag '{reference.Tag}'.");
            else if (reference.Step is { } wanted && !steps.Contains(wanted))
                check.Add($"{field}/step", "step_not_found", $"Nothing was logged under this tag at the step {wanted}; the steps are {Some(steps)}.");
            else
                return await PayloadAsync(reference with { Step = reference.Step ?? steps[^1] }, kind, field, steps, check, cancellation);
            return (reference, steps, null);
        }
        return (reference, null, null);
    }

    private async Task<(StepReference Reference, IReadOnlyList<long>? Steps, byte[]? Payload)> PayloadAsync(
        StepReference reference, RecordKind kind, string field, IReadOnlyList<long> steps, SpecCheck check, CancellationToken cancellation)
    {
        var records = await series.ReadRecordsAsync(reference.RunId!, kind, reference.Tag, reference.Step, cancellation);
        // A restarted job logs a step again; what it logged last counts.
        var payload = records is { Count: > 0 } ? records[^1].Payload : null;
        if (payload is null)
            check.Add($"{field}/step", "damaged", $"What was logged at the step {reference.Step} is damaged or gone; choose another step.");
        return (reference, steps, payload);
    }

    private static VectorSource Source(Matrix matrix, IReadOnlyDictionary<string, JsonElement> metadata, SpriteReference? sprite) => new()
    {
        Hash = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData([.. BitConverter.GetBytes(matrix.Columns), .. MemoryMarshal.AsBytes(matrix.Values.AsSpan())]))),
        Rows = matrix.Rows,
        Columns = matrix.Columns,
        Open = () => new VectorTable(matrix.Rows, matrix.Columns, Array.ConvertAll(matrix.Values, value => (float)value)),
        Points = new PointSource(metadata, null, sprite),
    };

    private static Dictionary<string, JsonElement> Columns(Predictions predictions)
    {
        var columns = new Dictionary<string, JsonElement>();
        if (predictions.Labels is { } labels)
        {
            var predicted = Predicted(predictions.Scores);
            columns["label"] = JsonSerializer.SerializeToElement(predictions.Classes is { } classes ? (object)labels.Select(label => classes[label]) : labels);
            columns["predicted"] = JsonSerializer.SerializeToElement(predictions.Classes is { } names ? (object)predicted.Select(label => names[label]) : predicted);
            columns["correct"] = JsonSerializer.SerializeToElement(predicted.Select((one, row) => one == labels[row]));
        }
        else if (predictions.Targets is { Columns: 1 } targets)
        {
            columns["target"] = JsonSerializer.SerializeToElement(targets.Values.Select(value => double.IsFinite(value) ? value : (double?)null));
        }
        if (predictions.Losses is { } losses)
            columns["loss"] = JsonSerializer.SerializeToElement(losses.Select(loss => double.IsFinite(loss) ? loss : (double?)null));
        if (predictions.Ids is { } ids)
            columns["id"] = JsonSerializer.SerializeToElement(ids);
        return columns;
    }

    private static long[] Predicted(Matrix scores)
    {
        var predicted = new long[scores.Rows];
        for (var row = 0; row < scores.Rows; row++)
        {
            var best = row * scores.Columns;
            for (var column = 1; column < scores.Columns; column++)
            {
                if (scores.Values[row * scores.Columns + column] > scores.Values[best])
                    best = row * scores.Columns + column;
            }
            predicted[row] = best - row * scores.Columns;
        }
        return predicted;
    }


    private static string Some(IReadOnlyList<long> steps) => steps.Count <= 8 ? string.Join(", ", steps) : $"{string.Join(", ", steps.Take(4))}, …, {steps[^1]}";
}
