using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>A projection as text: a line a vector, its coordinates, then its metadata.</summary>
internal static class ProjectionCsv
{
    private const int FlushLines = 1024;
    private static readonly string[] Axes = ["x", "y", "z"];

    public static async Task WriteAsync(PipeWriter body, ProjectionTable table, IReadOnlyList<PointColumn> columns, CancellationToken cancellation)
    {
        var line = new StringBuilder("row,").AppendJoin(',', Axes.Take(table.Dims));
        if (table.Preservation is not null) line.Append(",preservation");
        foreach (var column in columns) line.Append(',').Append(CsvCell.Of(column.Name));
        for (var row = 0; row < table.Rows; row++)
        {
            line.Append("\r\n").Append(row);
            for (var axis = 0; axis < table.Dims; axis++) line.Append(CultureInfo.InvariantCulture, $",{table.Coordinates[row * table.Dims + axis]}");
            if (table.Preservation is { } kept) line.Append(CultureInfo.InvariantCulture, $",{kept[row]}");
            foreach (var column in columns) line.Append(',').Append(Cell(column, row));
            if (row % FlushLines == FlushLines - 1) await FlushAsync();
        }
        line.Append("\r\n");
        await FlushAsync();

        async Task FlushAsync()
        {
            foreach (var chunk in line.GetChunks()) Encoding.UTF8.GetBytes(chunk.Span, body);
            line.Clear();
            await body.FlushAsync(cancellation);
        }
    }

    private static string Cell(PointColumn column, int row) =>
        column.Values is { } values ? double.IsNaN(values[row]) ? "" : values[row].ToString("R", CultureInfo.InvariantCulture)
        : column.Codes![row] is >= 0 and var code ? CsvCell.Of(column.Categories![code]) : "";
}
