using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>The numbers of a projection's result, read without making an array of each row.</summary>
/// <param name="Rows">Vectors.</param>
/// <param name="Dims">Coordinates of each.</param>
/// <param name="Coordinates">Row after row.</param>
/// <param name="Preservation">Share of neighbours kept, a number a row; null where it was not measured.</param>
/// <param name="Vectors">The vectors where the job made them itself.</param>
/// <param name="Facts">The rest of the result: a JSON object without what has an entry for each row.</param>
internal sealed record ProjectionTable(int Rows, int Dims, float[] Coordinates, float[]? Preservation, TensorReference? Vectors, string Facts)
{
    /// <summary>Reads a <see cref="ProjectionView"/>.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ProjectionTable Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        float[] coordinates = [];
        float[]? preservation = null;
        TensorReference? vectors = null;
        var rows = 0;
        var facts = new Dictionary<string, JsonElement>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("coordinates"u8))
                (coordinates, rows) = Rectangle(ref reader);
            else if (reader.ValueTextEquals("point_preservation"u8))
                preservation = reader.Read() && reader.TokenType == JsonTokenType.StartArray ? [.. List(ref reader)] : null;
            else
            {
                var name = reader.GetString()!;
                reader.Read();
                facts[name] = JsonElement.ParseValue(ref reader);
            }
        }
        if (facts.TryGetValue("vectors", out var made))
            vectors = made.Deserialize(ContractsJson.Default.TensorReference);
        return new ProjectionTable(rows, rows == 0 ? 2 : coordinates.Length / rows, coordinates, preservation, vectors, JsonSerializer.Serialize(facts));
    }

    private static (float[] Values, int Rows) Rectangle(ref Utf8JsonReader reader)
    {
        var values = new List<float>();
        var rows = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            rows++;
            Numbers(ref reader, values);
        }
        return ([.. values], rows);
    }

    private static List<float> List(ref Utf8JsonReader reader)
    {
        var values = new List<float>();
        Numbers(ref reader, values);
        return values;
    }

    private static void Numbers(ref Utf8JsonReader reader, List<float> values)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(reader.TokenType == JsonTokenType.Number ? reader.GetSingle() : float.NaN);
    }
}
