using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Dashboard.Client;

/// <summary>Writes a landscape in the shape in which the server's workers give theirs.</summary>
internal static class LandscapeJson
{
    /// <summary>The server's own limit: more than a screen shows.</summary>
    private const long MaxPoints = 1_000_000;

    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    public static byte[] Write(LossboardLandscape landscape)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        CheckAxis("X", landscape.X);
        if (landscape.Y is not null)
            CheckAxis("Y", landscape.Y);
        var rows = landscape.Y?.Count ?? 1;
        if ((long)rows * landscape.X.Count > MaxPoints)
            throw new ArgumentException($"a landscape has at most {MaxPoints} points, not {(long)rows * landscape.X.Count}: leave rows and columns out");
        CheckGrid("Loss", landscape.Loss, rows, landscape.X.Count);
        if (landscape.Accuracy is not null)
            CheckGrid("Accuracy", landscape.Accuracy, rows, landscape.X.Count);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json.Writer))
        {
            writer.WriteStartObject();
            Numbers(writer, "x", landscape.X);
            Numbers(writer, "y", landscape.Y);
            Grid(writer, "loss", landscape.Loss);
            Grid(writer, "accuracy", landscape.Accuracy);
            writer.WriteNull("center_loss");
            Path(writer, landscape);
            writer.WriteNull("explained_variance");
            writer.WriteNull("eigenvalues");
            writer.WriteNull("device");
            writer.WriteString("engine", landscape.Engine);
            writer.WriteNull("seconds");
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Path(Utf8JsonWriter writer, LossboardLandscape landscape)
    {
        if (landscape.Path is not { } path)
        {
            writer.WriteNull("path");
            return;
        }

        var count = path.X.Count;
        var y = path.Y ?? (landscape.Y is null ? new double[count] : throw new ArgumentException("Path.Y is missing on a plane"));
        var loss = path.Loss ?? Enumerable.Repeat(double.NaN, count).ToArray();
        var steps = path.Steps ?? [.. Enumerable.Range(0, count).Select(index => (long)index)];
        foreach (var (name, length) in new[] { ("Y", y.Count), ("Loss", loss.Count), ("Steps", steps.Count), ("Names", path.Names?.Count ?? count) })
        {
            if (length != count)
                throw new ArgumentException($"Path.{name} must have one entry for each of its {count} points, not {length}");
        }

        CheckFinite("Path.X", path.X);
        CheckFinite("Path.Y", y);
        writer.WriteStartObject("path");
        Numbers(writer, "x", path.X);
        Numbers(writer, "y", y);
        Numbers(writer, "loss", loss);
        writer.WriteStartArray("names");
        foreach (var name in path.Names ?? [.. steps.Select(step => step.ToString(CultureInfo.InvariantCulture))])
            writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteStartArray("steps");
        foreach (var step in steps)
            writer.WriteNumberValue(step);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void CheckAxis(string name, IReadOnlyList<double> axis)
    {
        CheckFinite(name, axis);
        for (var i = 1; i < axis.Count; i++)
        {
            if (axis[i] <= axis[i - 1])
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} must rise, but {axis[i]} follows {axis[i - 1]}"));
        }
    }

    private static void CheckFinite(string name, IReadOnlyList<double> positions)
    {
        if (positions.Count == 0)
            throw new ArgumentException($"{name} must have at least one position");
        if (positions.Any(position => !double.IsFinite(position)))
            throw new ArgumentException($"{name} must be finite");
    }

    private static void CheckGrid(string name, IReadOnlyList<IReadOnlyList<double>> grid, int rows, int columns)
    {
        if (grid.Count == rows && grid.All(row => row.Count == columns))
            return;
        var odd = grid.Count != rows ? $"{grid.Count} rows" : $"a row of {grid.First(row => row.Count != columns).Count}";
        var turned = rows != columns && grid.Count == columns && grid.All(row => row.Count == rows) ? "; it looks transposed: its rows must follow Y" : "";
        throw new ArgumentException($"{name} must be {rows} rows of {columns} values (Y by X), not {odd}{turned}");
    }

    private static void Grid(Utf8JsonWriter writer, string name, IReadOnlyList<IReadOnlyList<double>>? grid)
    {
        if (grid is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var row in grid)
            Row(writer, row);
        writer.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter writer, string name, IReadOnlyList<double>? numbers)
    {
        writer.WritePropertyName(name);
        if (numbers is null)
            writer.WriteNullValue();
        else
            Row(writer, numbers);
    }

    private static void Row(Utf8JsonWriter writer, IReadOnlyList<double> numbers)
    {
        writer.WriteStartArray();
        foreach (var number in numbers)
            Json.WriteValue(writer, number);
        writer.WriteEndArray();
    }
}
