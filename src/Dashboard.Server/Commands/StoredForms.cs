using System.IO.Compression;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>The forms of what the store keeps as bytes: whether they can still be read.</summary>
internal static class StoredForms
{
    /// <summary>What is wrong with a record's payload, or null.</summary>
    public static string? Fault(RecordKind kind, byte[] payload)
    {
        try
        {
            switch (kind)
            {
                case RecordKind.Histogram: HistogramCodec.Decode(payload); break;
                case RecordKind.Embedding: EmbeddingCodec.Decode(payload); break;
                case RecordKind.Predictions: PredictionsCodec.Decode(payload); break;
                case RecordKind.Labels: LabelsCodec.Decode(payload); break;
                case RecordKind.Phase: PhaseCodec.Decode(payload); break;
                case RecordKind.Text: TextCodec.Decode(payload); break;
                default: return $"its kind ({(int)kind}) is unknown";
            }
            return null;
        }
        // Whatever a decoder stumbles over, as it is or as the answer that a request would get: the bytes are not what it wrote.
        catch (Exception damage) when (damage is ApiProblemException or JsonException or InvalidDataException or InvalidOperationException or ArgumentException or KeyNotFoundException
            or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return damage is ApiProblemException ? "its form is not one that was stored, though its checksum fits" : $"it cannot be decoded ({damage.Message})";
        }
    }

    /// <summary>The JSON of a job's result.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what was packed.</exception>
    public static byte[] OpenResult(byte[] packed)
    {
        // No result that was taken is longer.
        var most = new ApiLimits().MaxJobResultBytes;
        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        for (int read; (read = gzip.Read(buffer)) > 0;)
        {
            unpacked.Write(buffer, 0, read);
            if (unpacked.Length > most)
                throw new InvalidDataException("it is longer than a result can be");
        }
        return unpacked.ToArray();
    }
}
