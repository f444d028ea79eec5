using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>The numbers of a projection's result, read without making an array of each row.</summary>
internal sealed record ProjectionTable(int Rows, int Dims, float[] Coordinates, float[]? Preservation, TensorReference? Vectors)
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
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("coordinates"u8))
                (coordinates, rows) = Rectangle(ref reader);
            else if (reader.ValueTextEquals("point_preservation"u8))
                preservation = reader.Read() && reader.TokenType == JsonTokenType.StartArray ? [.. List(ref reader)] : null;
            else if (reader.ValueTextEquals("vectors"u8))
                vectors = JsonSerializer.Deserialize(ref reader, ContractsJson.Default.TensorReference);
            else
                reader.Skip();
        }
        return new ProjectionTable(rows, rows == 0 ? 2 : coordinates.Length / rows, coordinates, preservation, vectors);
    }

    private static (float[] Values, int Rows) Rectangle(ref Utf8JsonReader reader)
    {
        var values = new List<float>();
        var rows = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            rows++;
            values.AddRange(List(ref reader));
        }
        return ([.. values], rows);
    }

    private static List<float> List(ref Utf8JsonReader reader)
    {
        var values = new List<float>(3);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(reader.TokenType == JsonTokenType.Number ? reader.GetSingle() : float.NaN);
        return values;
    }
}
