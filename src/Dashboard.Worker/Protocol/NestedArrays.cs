using System.Text.Json;

namespace Dashboard.Worker;

/// <summary>Tables of any number of dimensions as JSON: arrays of arrays, NaN and infinities as text.</summary>
internal static class NestedArrays
{
    /// <summary>Numbers that one result may have in such tables: as text they then stay below the longest message between worker and engine.</summary>
    public const int Most = 1_500_000;

    /// <summary>Writes a table.</summary>
    /// <param name="values">Row-major: as many as the product of <paramref name="shape"/>.</param>
    /// <param name="shape">Sizes of the dimensions.</param>
    public static JsonElement Write(ReadOnlySpan<float> values, IReadOnlyList<long> shape)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) Write(writer, values, shape, 0);
        using var json = JsonDocument.Parse(stream.ToArray());
        return json.RootElement.Clone();
    }

    /// <summary>Whether a table has a shape, and numbers alone in it.</summary>
    public static bool Fits(JsonElement table, IReadOnlyList<long> shape, int depth = 0)
    {
        if (depth == shape.Count) return table.ValueKind == JsonValueKind.Number || (table.ValueKind == JsonValueKind.String && table.GetString() is "NaN" or "Infinity" or "-Infinity");
        if (table.ValueKind != JsonValueKind.Array || table.GetArrayLength() != shape[depth]) return false;
        foreach (var item in table.EnumerateArray())
        {
            if (!Fits(item, shape, depth + 1)) return false;
        }
        return true;
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<float> values, IReadOnlyList<long> shape, int depth)
    {
        if (depth == shape.Count)
        {
            if (float.IsFinite(values[0])) writer.WriteNumberValue(values[0]);
            else writer.WriteStringValue(float.IsNaN(values[0]) ? "NaN" : values[0] > 0 ? "Infinity" : "-Infinity");
            return;
        }
        writer.WriteStartArray();
        var size = shape[depth] == 0 ? 0 : (int)(values.Length / shape[depth]);
        for (var i = 0; i < shape[depth]; i++) Write(writer, values.Slice(i * size, size), shape, depth + 1);
        writer.WriteEndArray();
    }
}
