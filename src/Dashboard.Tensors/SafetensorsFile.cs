using System.Buffers.Binary;
using System.Text.Json;

namespace Dashboard.Tensors;

/// <summary>
/// Reads safetensors: eight bytes of length, a JSON header, then the tensors' bytes without gaps. Nothing in the file is believed before it is checked, and nothing is
/// executed.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    // The format's own limit is 100 MB; a header of this size already names a hundred thousand tensors.
    private const long LongestHeader = 16 << 20;
    private const int MostTensors = 100_000;

    // A tensor has some fifteen, and each takes twelve bytes until the header is read.
    private const int MostTokens = 20 * MostTensors;
    private const int MostDimensions = 8;

    // One managed array holds a tensor.
    private const long LongestTensor = 0x7FFFFFC7;

    private readonly FileStream _stream;

    private SafetensorsFile(FileStream stream, IReadOnlyDictionary<string, TensorEntry> tensors, IReadOnlyDictionary<string, string> metadata) =>
        (_stream, Tensors, Metadata) = (stream, tensors, metadata);

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    /// <summary>Texts that the file says of itself.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="TensorFileException">The file is missing or no safetensors file; the message says what is wrong with it.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TensorFileException($"The file cannot be read: {e.Message}", e);
        }
        try
        {
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            return new SafetensorsFile(stream, ReadHeader(stream, metadata), metadata);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads one tensor.</summary>
    /// <exception cref="TensorFileException">There is none of that name, or it is longer than two gigabytes.</exception>
    public TensorData Read(string name)
    {
        if (!Tensors.TryGetValue(name, out var entry)) throw new TensorFileException($"The file has no tensor named '{name}'.");
        if (entry.Length > LongestTensor) throw new TensorFileException($"The tensor '{name}' is longer than two gigabytes, the most that is read here.");
        var bytes = new byte[entry.Length];
        _stream.Position = entry.Offset;
        _stream.ReadExactly(bytes);
        return new TensorData(entry.Type, entry.Shape, bytes);
    }

    /// <summary>Reads part of a tensor, flattened.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="first">First element.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="TensorFileException">There is no such tensor, or it has not as many elements.</exception>
    public TensorData Read(string name, long first, int count)
    {
        if (!Tensors.TryGetValue(name, out var entry)) throw new TensorFileException($"The file has no tensor named '{name}'.");
        var size = TensorData.SizeOf(entry.Type);
        if (first < 0 || count < 0 || first > entry.Length / size - count) throw new TensorFileException($"The tensor '{name}' has {entry.Length / size} elements, and {first} to {first + count} were asked for.");
        var bytes = new byte[(long)count * size];
        _stream.Position = entry.Offset + first * size;
        _stream.ReadExactly(bytes);
        return new TensorData(entry.Type, [count], bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static Dictionary<string, TensorEntry> ReadHeader(FileStream stream, Dictionary<string, string> metadata)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw Bad("it is shorter than the eight bytes it must begin with");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader || (long)length > stream.Length - 8)
            throw Bad($"its header claims {length} bytes, and the file has {stream.Length - 8} after the first eight (headers above {LongestHeader} bytes are refused)");
        var header = new byte[length];
        stream.ReadExactly(header);
        try
        {
            CheckTokens(header);
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            return ReadEntries(json.RootElement, 8 + (long)length, stream.Length, metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter where a text holds bytes that are none: noticed only when it is read.
            throw Bad($"its header is no JSON: {e.Message}");
        }
    }

    private static void CheckTokens(ReadOnlySpan<byte> header)
    {
        var reader = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 8 });
        for (var tokens = 0; reader.Read();)
        {
            if (++tokens > MostTokens) throw Bad($"its header has more than {MostTokens} values");
        }
    }

    private static Dictionary<string, TensorEntry> ReadEntries(JsonElement root, long start, long end, Dictionary<string, string> metadata)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Bad("its header is no JSON object");
        var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                ReadMetadata(property.Value, metadata);
                continue;
            }
            if (tensors.Count == MostTensors) throw Bad($"it names more than {MostTensors} tensors");
            if (!tensors.TryAdd(property.Name, ReadEntry(property.Name, property.Value, start, end))) throw Bad($"it names the tensor '{property.Name}' twice");
        }
        return tensors;
    }

    /// <summary>Texts alone; what is none is nobody's business here.</summary>
    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String) metadata[property.Name] = property.Value.GetString()!;
        }
    }

    private static TensorEntry ReadEntry(string name, JsonElement value, long start, long end)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("dtype", out var dtype) || !value.TryGetProperty("shape", out var dimensions) ||
            !value.TryGetProperty("data_offsets", out var offsets) || dtype.ValueKind != JsonValueKind.String)
            throw Bad($"the tensor '{name}' lacks dtype, shape or data_offsets");
        var type = dtype.GetString() switch
        {
            "F64" => TensorType.Float64,
            "F32" => TensorType.Float32,
            "F16" => TensorType.Float16,
            "BF16" => TensorType.BFloat16,
            "I64" => TensorType.Int64,
            "I32" => TensorType.Int32,
            "I16" => TensorType.Int16,
            "I8" => TensorType.Int8,
            "U8" => TensorType.UInt8,
            "BOOL" => TensorType.Bool,
            var other => throw new TensorFileException($"The tensor '{name}' has the element type {other}; F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL can be read."),
        };
        var shape = Numbers(dimensions, name, "shape");
        var range = Numbers(offsets, name, "data_offsets");
        if (range.Length != 2 || range[1] < range[0] || range[1] > end - start) throw Bad($"the bytes of the tensor '{name}' lie outside the file");
        var bytes = (long)TensorData.SizeOf(type);
        foreach (var size in shape)
        {
            // Checked step by step: a product of hostile sizes must not wrap around.
            if (size != 0 && bytes > long.MaxValue / size) throw Bad($"the shape of the tensor '{name}' is larger than any file");
            bytes *= size;
        }
        if (bytes != range[1] - range[0]) throw Bad($"the tensor '{name}' has {range[1] - range[0]} bytes where its shape and type need {bytes}");
        return new TensorEntry(type, shape, start + range[0], bytes);
    }

    private static long[] Numbers(JsonElement array, string name, string field)
    {
        if (array.ValueKind != JsonValueKind.Array) throw Bad($"{field} of the tensor '{name}' is no array");
        if (array.GetArrayLength() > MostDimensions) throw Bad($"{field} of the tensor '{name}' has {array.GetArrayLength()} numbers, more than {MostDimensions}");
        var numbers = new long[array.GetArrayLength()];
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[index++]) || numbers[index - 1] < 0)
                throw Bad($"{field} of the tensor '{name}' holds something that is no size");
        }
        return numbers;
    }

    private static TensorFileException Bad(string what) => new($"The file is no safetensors file: {what}.");
}
