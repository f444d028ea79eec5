using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Events that hold arrays: histograms and embeddings.</summary>
internal sealed partial class EventsDecoder
{
    private void ReadHistogram(ref Utf8JsonReader reader)
    {
        var head = new Head { WallTime = _batch.Now };
        List<double>? values = null, edges = null, counts = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadHead(ref reader, ref head))
                continue;
            if (reader.ValueTextEquals("values"u8))
                ReadDoubles(ref reader, "values", values = []);
            else if (reader.ValueTextEquals("edges"u8))
                ReadDoubles(ref reader, "edges", edges = []);
            else if (reader.ValueTextEquals("counts"u8))
                ReadDoubles(ref reader, "counts", counts = []);
            else
                reader.Skip();
        }
        CheckHead(head);
        if (values is not null)
        {
            if (edges is not null || counts is not null)
                Fault("values", ("conflict", "Give either values, or edges and counts, not both."));
            AddRecord(RecordKind.Histogram, head, () => HistogramCodec.Encode(Histogram.Of(values.ToArray())));
            return;
        }
        if (edges is null)
            Missing("edges", "bin edges with counts, or else raw values in 'values'");
        else if (counts is null)
            Missing("counts", "one count a bin");
        else
            CheckBins(edges, counts);
        AddRecord(RecordKind.Histogram, head, () => HistogramCodec.Encode(new Histogram([.. edges!], [.. counts!], 0)));
    }

    private void CheckBins(List<double> edges, List<double> counts)
    {
        if (counts.Count == 0)
            Fault("counts", ("empty", "One bin at least is needed."));
        if (counts.Count > _limits.MaxHistogramBins)
            throw ApiProblems.Refused([new(Pointer("counts"), "too_many_bins", $"A histogram may have {_limits.MaxHistogramBins} bins at the most.")]);
        if (edges.Count != counts.Count + 1)
            Fault("edges", ("length_mismatch", $"edges has {edges.Count} entries and counts has {counts.Count}; edges must have one more."));
        for (var at = 0; at < edges.Count; at++)
        {
            if (!double.IsFinite(edges[at]))
                Fault($"edges/{at}", ("out_of_range", "An edge must be finite."));
            else if (at > 0 && edges[at] <= edges[at - 1])
                Fault($"edges/{at}", ("not_ascending", "Edges must rise from each to the next."));
        }
        for (var at = 0; at < counts.Count; at++)
        {
            if (!double.IsFinite(counts[at]) || counts[at] < 0)
                Fault($"counts/{at}", ("out_of_range", "A count must be finite and not negative."));
        }
    }

    private void ReadEmbedding(ref Utf8JsonReader reader)
    {
        var head = new Head { WallTime = _batch.Now };
        Matrix? vectors = null;
        JsonElement? metadata = null;
        SpriteReference? sprite = null;
        var hasVectors = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadHead(ref reader, ref head))
                continue;
            if (reader.ValueTextEquals("vectors"u8))
            {
                hasVectors = true;
                vectors = ReadMatrix(ref reader, "vectors", _limits.MaxEmbeddingValues);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                metadata = JsonElement.ParseValue(ref reader);
            }
            else if (reader.ValueTextEquals("sprite"u8))
            {
                reader.Read();
                sprite = ReadSprite(JsonElement.ParseValue(ref reader));
            }
            else
                reader.Skip();
        }
        CheckHead(head);
        if (!hasVectors)
            Missing("vectors", "an array of rows of numbers");
        if (metadata is { ValueKind: not JsonValueKind.Null } given)
            CheckMetadata(given, vectors?.Rows);
        else
            metadata = null;
        AddRecord(RecordKind.Embedding, head, () => EmbeddingCodec.Encode(vectors!, metadata, sprite));
    }

    private SpriteReference? ReadSprite(JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.Null)
            return null;
        var sprite = given.ValueKind != JsonValueKind.Object ? null : new SpriteReference
        {
            Name = given.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null,
            Width = Side(given, "width"u8),
            Height = Side(given, "height"u8),
        };
        if (sprite is null)
            Fault("sprite", ("wrong_type", "Expected an object: { \"name\", \"width\", \"height\" } of an image artifact of this run and of one thumbnail in it."));
        else if (NameRule.Check(sprite.Name, _limits.MaxNameBytes) is { } fault)
            Fault("sprite/name", fault);
        else if (sprite is not { Width: > 0, Height: > 0 })
            Fault(sprite.Width > 0 ? "sprite/height" : "sprite/width", ("out_of_range", "A thumbnail needs a width and a height in pixels, whole numbers from 1."));
        return sprite;
    }

    private static int? Side(JsonElement sprite, ReadOnlySpan<byte> field) =>
        sprite.TryGetProperty(field, out var side) && side.ValueKind == JsonValueKind.Number && side.TryGetInt32(out var pixels) ? pixels : null;

    private void CheckMetadata(JsonElement metadata, int? rows)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            Fault("metadata", ("wrong_type", "Expected an object of columns."));
            return;
        }
        try
        {
            foreach (var column in metadata.EnumerateObject())
                CheckColumn(column, rows);
        }
        catch (InvalidOperationException)
        {
            Fault("metadata", ("lone_surrogate", "A text holds an escape for half of a surrogate pair, which is no text."));
        }
    }

    private void CheckColumn(JsonProperty column, int? rows)
    {
        var field = $"metadata/{BodyErrors.Escape(column.Name)}";
        if (NameRule.Check(column.Name, _limits.MaxNameBytes, "The column name") is { } fault)
            Fault("metadata", fault);
        if (column.Value.ValueKind != JsonValueKind.Array)
        {
            Fault(field, ("wrong_type", "Expected an array with one entry a vector."));
            return;
        }
        var length = column.Value.GetArrayLength();
        if (rows is { } count && length != count)
            Fault(field, ("length_mismatch", $"The column has {length} entries and there are {count} vectors; they must be as many."));
        var at = 0;
        foreach (var entry in column.Value.EnumerateArray())
        {
            if (entry.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                Fault($"{field}/{at}", ("wrong_type", "Expected a text, number, boolean or null."));
            else if (entry.ValueKind == JsonValueKind.String)
                _ = entry.GetString();
            at++;
        }
    }
}
