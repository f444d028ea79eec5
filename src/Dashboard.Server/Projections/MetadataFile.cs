using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Metadata of files: tsv and csv with a header (a tsv of one column has none, as TensorBoard has it), or a JSON object of columns.</summary>
internal static class MetadataFile
{
    // Read whole.
    private const int MostJsonBytes = 32 << 20;

    // Columns beyond the limit are passed over, up to this many times as many.
    private const int FieldsBeyond = 100;

    /// <summary>Reads the columns.</summary>
    /// <exception cref="TensorFileException">The file is too large, not of its form, or its rows differ in length.</exception>
    public static IReadOnlyList<PointColumn> Read(string path, string name, int rows, ApiLimits limits)
    {
        if (new FileInfo(path).Length > limits.MaxMetadataBytes)
            throw new TensorFileException($"metadata may have {limits.MaxMetadataBytes} bytes");
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return new FileInfo(path).Length > MostJsonBytes ? throw new TensorFileException($"metadata as JSON may have {MostJsonBytes} bytes; as .tsv or .csv it may have {limits.MaxMetadataBytes}")
                : Json(File.ReadAllBytes(path), rows, limits.MaxMetadataColumns);
        using var source = new StreamReader(path, Encoding.UTF8);
        var separator = name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ',' : '\t';
        // A header, and a line for each vector; what goes beyond fits none.
        var (lines, fields) = (rows + 1, FieldsBeyond * limits.MaxMetadataColumns);
        var table = DelimitedText.Read(source, separator, quotes: separator == ',', lines, fields);
        if (table.Count == 0)
            throw new TensorFileException("it is empty");
        var header = table[0];
        var headless = separator == '\t' && header.Length == 1 && table.Count != rows + 1;
        CheckRows(table.Count - (headless ? 0 : 1), rows);
        var first = headless ? 0 : 1;
        for (var line = first; line < table.Count; line++)
        {
            if (table[line].Length != header.Length)
                throw new TensorFileException($"line {line + 1} has {table[line].Length} fields where the first has {header.Length}");
        }
        return [.. header.Take(limits.MaxMetadataColumns).Select((title, column) =>
            PointColumns.Of(headless ? "label" : title, [.. table.Skip(first).Select(fields => fields[column])]))];
    }

    private static List<PointColumn> Json(byte[] bytes, int rows, int mostColumns)
    {
        try
        {
            CheckValues(bytes, rows);
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new TensorFileException("it is no JSON object of columns");
            var columns = new List<PointColumn>();
            foreach (var column in document.RootElement.EnumerateObject().Take(mostColumns))
            {
                if (column.Value.ValueKind != JsonValueKind.Array)
                    throw new TensorFileException($"the column '{column.Name}' is no array");
                CheckRows(column.Value.GetArrayLength(), rows);
                columns.Add(PointColumns.Of(column.Name, column.Value));
            }
            return columns;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            throw new TensorFileException($"it is no JSON: {bad.Message}", bad);
        }
    }

    // Each takes twelve bytes until the file is read. No column is longer than there are rows, so what is beyond that for all of them fits none.
    private static void CheckValues(ReadOnlySpan<byte> json, int rows)
    {
        var most = 1000 + (long)FieldsBeyond * (rows + 3);
        var reader = new Utf8JsonReader(json);
        for (var values = 0L; reader.Read();)
        {
            if (++values > most)
                throw new TensorFileException($"it has more values than {FieldsBeyond} columns of {rows} rows");
        }
    }

    private static void CheckRows(int found, int rows)
    {
        if (found != rows)
            throw new TensorFileException($"it describes {found} points, and there are {rows} vectors");
    }
}
