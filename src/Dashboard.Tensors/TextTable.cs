using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;

namespace Dashboard.Tensors;

/// <summary>Tables of numbers as text: a row a line, tab after tab, no header, as TensorBoard's projector reads them. They are turned into float32 once, line by line, so that a table need not fit into memory.</summary>
public static class TextTable
{
    // A line of a million numbers of sixteen digits.
    private const int LongestLine = 20 << 20;
    private const int LongestQuote = 40;

    /// <summary>Reads a table and writes its numbers, row after row.</summary>
    /// <param name="source">The text, UTF-8.</param>
    /// <param name="numbers">Takes the float32 values, little-endian.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Rows and numbers in each.</returns>
    /// <exception cref="TensorFileException">Something that is no number, a line of another length, or none at all; the message names the line and the column.</exception>
    public static async Task<(int Rows, int Columns)> ConvertAsync(Stream source, Stream numbers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: 1 << 17, leaveOpen: true));
        var row = new List<float>();
        int rows = 0, columns = 0, line = 0;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (TakeLine(ref buffer, read.IsCompleted, out var text))
            {
                line++;
                ReadLine(text, line, row);
                if (row.Count == 0) continue;
                if (rows == 0) columns = row.Count;
                else if (row.Count != columns) throw new TensorFileException($"Line {line} has {row.Count} numbers where the first has {columns}: every vector needs as many.");
                rows = rows < int.MaxValue ? rows + 1 : throw new TensorFileException($"The table has more than {int.MaxValue} lines.");
                numbers.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(row)));
            }
            if (buffer.Length > LongestLine) throw new TensorFileException($"Line {line + 1} is longer than {LongestLine} bytes: is this a table of numbers with tabs between them?");
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) break;
        }
        return rows > 0 ? (rows, columns) : throw new TensorFileException("The table is empty.");
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> buffer, bool last, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }
        line = buffer;
        if (!last || buffer.IsEmpty) return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static void ReadLine(ReadOnlySequence<byte> sequence, int line, List<float> row)
    {
        row.Clear();
        var text = (sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray()).TrimEnd((byte)'\r');
        if (line == 1 && text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        if (text.IsEmpty) return;
        foreach (var range in text.Split((byte)'\t'))
        {
            var number = text[range].Trim((byte)' ');
            if (!float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !IsInfinity(number, out value))
                throw new TensorFileException($"Line {line}, column {row.Count + 1}: '{Quote(number)}' is no number.");
            row.Add(value);
        }
    }

    /// <summary>As C and Python write it.</summary>
    private static bool IsInfinity(ReadOnlySpan<byte> text, out float value)
    {
        value = text is [(byte)'-', ..] ? float.NegativeInfinity : float.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(text.TrimStart("+-"u8), "inf"u8);
    }

    private static string Quote(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.Length > LongestQuote ? text[..LongestQuote] : text);
}
