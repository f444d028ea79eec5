using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dashboard.Client;

/// <summary>Writes safetensors: eight bytes of header length, a JSON header with each tensor's type, shape and place, and the tensors' bytes without gaps.</summary>
internal static class SafetensorsBody
{
    private const int Alignment = 8;

    /// <summary>The file as a stream over the tensors' own memory.</summary>
    /// <exception cref="ArgumentException">There is none, or two have one name.</exception>
    public static Stream Open(IReadOnlyCollection<LossboardTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count == 0)
            throw new ArgumentException("there are no tensors in it");
        // Wide types first keeps every tensor aligned without gaps.
        var ordered = tensors.OrderByDescending(tensor => tensor.Width).ThenBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        if (ordered.CountBy(tensor => tensor.Name).FirstOrDefault(names => names.Value > 1).Key is { } twice)
            throw new ArgumentException($"two tensors are named \"{twice}\"");
        return new SegmentStream([Header(ordered, metadata), .. ordered.Select(tensor => tensor.Bytes)]);
    }

    /// <summary>A batch: its tensors under the names that the server knows.</summary>
    /// <exception cref="ArgumentException">Their lengths differ, or a weight is negative or not finite.</exception>
    public static Stream OpenBatch(LossboardTensor inputs, LossboardTensor? targets, LossboardTensor? weights)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var samples = Samples("inputs", inputs);
        if (samples == 0)
            throw new ArgumentException("a batch needs at least one sample");
        foreach (var (what, tensor) in new[] { ("targets", targets), ("weights", weights) })
        {
            if (tensor is not null && Samples(what, tensor) != samples)
                throw new ArgumentException($"{what} must have one entry for each of the {samples} inputs, not {tensor.Shape[0]}");
        }

        if (weights is not null)
            CheckWeights(weights);
        return Open([.. new[] { inputs.Named("inputs"), targets?.AsClasses().Named("targets"), weights?.Named("weights") }.OfType<LossboardTensor>()]);
    }

    private static long Samples(string what, LossboardTensor tensor) =>
        tensor.Shape.Count > 0 ? tensor.Shape[0] : throw new ArgumentException($"{what} must have the samples along the first dimension, not be a single number");

    private static void CheckWeights(LossboardTensor weights)
    {
        if (weights.Shape.Count != 1)
            throw new ArgumentException($"weights must be one number for each sample, not of the shape [{string.Join(", ", weights.Shape)}]");
        var bad = weights.Type switch
        {
            "F64" => MemoryMarshal.Cast<byte, double>(weights.Bytes.Span).ContainsAnyExceptInRange(0, double.MaxValue),
            "F32" => MemoryMarshal.Cast<byte, float>(weights.Bytes.Span).ContainsAnyExceptInRange(0, float.MaxValue),
            _ => false,
        };
        if (bad)
            throw new ArgumentException("weights must be finite and not negative");
    }

    private static byte[] Header(List<LossboardTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var text = new MemoryStream();
        text.Write(new byte[sizeof(ulong)]);
        using (var writer = new Utf8JsonWriter(text, Json.Writer))
        {
            var offset = 0L;
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                writer.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata)
                    writer.WriteString(key, value);
                writer.WriteEndObject();
            }

            foreach (var tensor in tensors)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", tensor.Type);
                Numbers(writer, "shape", tensor.Shape);
                Numbers(writer, "data_offsets", [offset, offset += tensor.Bytes.Length]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        while (text.Length % Alignment != 0)
            text.WriteByte((byte)' ');
        var header = text.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - sizeof(ulong)));
        return header;
    }

    private static void Numbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
